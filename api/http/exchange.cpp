#include "api/http/exchange.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "api/http/problem.h"

namespace reelprint::api::http {
namespace {

namespace asio = boost::asio;

/// Goes on in the coroutine behind `handler`, on its own executor.
template <class Handler>
void resume(const std::shared_ptr<Handler>& handler, bool was_run) {
  const auto executor = asio::get_associated_executor(*handler);
  asio::post(executor, [waiting = std::move(*handler), was_run]() mutable { std::move(waiting)(was_run); });
}

asio::awaitable<bool> run(WorkQueue& workers, std::function<void()> task, bool is_new) {
  const auto& token = asio::use_awaitable;
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(bool)>(
      [&workers, &task, is_new](auto handler) {
        const auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
        auto step = [waiting, task = std::move(task)] {
          task();
          resume(waiting, true);
        };
        if (!is_new) {
          workers.push(std::move(step));
        } else if (!workers.push_new(std::move(step))) {
          resume(waiting, false);
        }
      },
      token);
}

}  // namespace

void Exchange::answer(const Problem& problem) {
  response = to_response(problem, request.id);
}

void Exchange::guard(const std::function<void()>& function) {
  try {
    function();
  } catch (const Problem& problem) {
    answer(problem);
  } catch (const std::exception& error) {
    failure = error.what();
    answer(internal_problem());
  } catch (...) {
    failure = "something that is no std::exception";
    answer(internal_problem());
  }
}

asio::awaitable<void> on_worker(WorkQueue& workers, std::function<void()> task) {
  co_await run(workers, std::move(task), false);
}

asio::awaitable<bool> on_free_worker(WorkQueue& workers, std::function<void()> task) {
  return run(workers, std::move(task), true);
}

asio::awaitable<void> rest(Link& link, std::chrono::milliseconds time) {
  boost::system::error_code woken;
  link.pause.expires_after(time);
  co_await link.pause.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

}  // namespace reelprint::api::http
