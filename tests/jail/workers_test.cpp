// What a jailed job can and cannot do, and what its owner learns of it.
#include "jail/workers.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "core/descriptor.h"
#include "jail/landlock.h"
#include "jail/sanitizers.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::jail {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct Process {
  char state = 'X';  ///< as /proc says it; X: it is gone
  pid_t parent = -1;
};

Process process_of(pid_t id) {
  std::ifstream stat("/proc/" + std::to_string(id) + "/stat");
  std::string skipped;
  std::getline(stat, skipped, ')');
  Process process;
  stat >> process.state >> process.parent;
  return process;
}

/// Whether it ends within ten seconds; where nobody reaps orphans a zombie is what is left.
bool is_gone_soon(pid_t id) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::chrono::steady_clock::now() < deadline) {
    const char state = process_of(id).state;
    if (state == 'X' || state == 'Z') return true;
    std::this_thread::yield();
  }
  return false;
}

class WorkersTest : public testing::Test {
 protected:
  WorkersTest() {
    std::ofstream(folder_.path() / "input") << "the input";
    input_ = Descriptor(::open((folder_.path() / "input").c_str(), O_RDONLY | O_CLOEXEC));
  }

  [[nodiscard]] static WorkersSettings settings() {
    WorkersSettings settings{REELPRINT_ODD_WORKER, {}, 4};
    settings.limits.cpu_time = std::chrono::seconds(1);
    settings.limits.memory_bytes = std::size_t{512} << 20;
    settings.limits.output_bytes = std::size_t{4} << 20;
    return settings;
  }

  JobOutcome run(std::string_view what) { return run(workers_, what); }
  JobOutcome run(Workers& workers, std::string_view what, const std::stop_token& stop = {},
                 const Workers::OnProgress& on_progress = {}) {
    return workers.run(bytes_of(what), input_.number(), stop, on_progress);
  }
  /// What the job answered; the name of how it ended if it did not.
  std::string answer(std::string_view what) {
    const JobOutcome outcome = run(what);
    return outcome.ending == Ending::done
               ? text_of(outcome.result)
               : "ending " + std::to_string(static_cast<int>(outcome.ending)) + " " + outcome.text;
  }

  test::TemporaryFolder folder_;
  Descriptor input_;
  Workers workers_{settings()};
};

TEST_F(WorkersTest, GiveAJobItsInputAndItsOwnerTheResult) {
  EXPECT_EQ(answer("read"), "the input");
}

TEST_F(WorkersTest, GiveAJobNoDescriptorButItsOwn) {
  EXPECT_EQ(answer("descriptors").substr(answer("descriptors").find('3')), "3 4 ");
}

TEST_F(WorkersTest, RefuseAJobEveryFile) {
  for (const char* what : {"open", "openat", "stat", "unlink", "memfd"})
    EXPECT_EQ(answer(what), "EPERM") << what;
  EXPECT_EQ(answer("write the input"), "EBADF");
}

TEST_F(WorkersTest, RefuseAJobProcessesThreadsAndSignals) {
  for (const char* what : {"fork", "thread", "kill", "more rights"}) EXPECT_EQ(answer(what), "EPERM") << what;
}

TEST_F(WorkersTest, RefuseAJobMemoryThatIsSharedOrCode) {
  for (const char* what : {"executable", "make executable", "shared memory"})
    EXPECT_EQ(answer(what), "EPERM") << what;
}

TEST_F(WorkersTest, KillAJobThatTriesWhatNoDecoderDoes) {
  for (const char* what : {"socket", "unix socket", "exec", "trace"}) {
    const JobOutcome outcome = run(what);
    EXPECT_EQ(outcome.ending, Ending::broke_out) << what;
    EXPECT_EQ(outcome.signal, SIGSYS) << what;
  }
}

TEST_F(WorkersTest, TellOfAJobThatNeedsTooMuchMemory) {
  if (!workers_.walls().memory) GTEST_SKIP() << "sanitizers map more than any limit";
  const JobOutcome outcome = run("memory");
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_EQ(outcome.code, ErrorCode::too_large);
  EXPECT_LT(outcome.peak_bytes, std::size_t{512} << 20);
}

TEST_F(WorkersTest, EndAJobThatComputesForTooLong) {
  const JobOutcome outcome = run("time");
  EXPECT_EQ(outcome.ending, Ending::too_long);
  EXPECT_LT(outcome.cpu_time, std::chrono::seconds(3));
}

TEST_F(WorkersTest, EndAJobThatTakesTooLongByTheClock) {
  WorkersSettings hurried = settings();
  hurried.limits.cpu_time = std::chrono::seconds(100);
  hurried.limits.wall_time = std::chrono::seconds(1);
  Workers workers(hurried);
  EXPECT_EQ(run(workers, "time").ending, Ending::too_long);
}

TEST_F(WorkersTest, TellOfACrash) {
  for (const char* what : {"crash", "abort"}) {
    const JobOutcome outcome = run(what);
    EXPECT_EQ(outcome.ending, Ending::crashed) << what;
    if (!kIsSanitized) {  // which may make an exit of it
      EXPECT_NE(outcome.signal, 0) << what;
    }
  }
  const JobOutcome silent = run("exit");
  EXPECT_EQ(silent.ending, Ending::crashed);
  EXPECT_EQ(silent.signal, 0);
  EXPECT_EQ(answer("read"), "the input");
}

TEST_F(WorkersTest, PassAnErrorOnWithoutWhatCouldHarmATerminal) {
  const JobOutcome outcome = run("error");
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_EQ(outcome.code, ErrorCode::no_video);
  EXPECT_EQ(outcome.text, "no[31m video\xEF\xBF\xBD here");
  EXPECT_EQ(run("other error").text, "odd");
}

TEST_F(WorkersTest, RefuseOutputThatIsNoneOrTooLarge) {
  EXPECT_EQ(run("nonsense").ending, Ending::nonsense);
  EXPECT_EQ(run("large").result.size(), std::size_t{3} << 20);
  WorkersSettings narrow = settings();
  narrow.limits.output_bytes = std::size_t{2} << 20;
  Workers workers(narrow);
  EXPECT_EQ(run(workers, "large").ending, Ending::too_much_output);
}

TEST_F(WorkersTest, EndAJobOnRequest) {
  std::stop_source stop;
  const JobOutcome outcome =
      run(workers_, "say and wait", stop.get_token(), [&stop](auto) { stop.request_stop(); });
  EXPECT_EQ(outcome.ending, Ending::cancelled);
  EXPECT_EQ(outcome.signal, SIGKILL);
  EXPECT_EQ(run(workers_, "read", stop.get_token()).ending, Ending::cancelled);
}

TEST_F(WorkersTest, EndAJobWhoseProgressTheOwnerCannotBear) {
  EXPECT_THROW((void)run(workers_, "say and wait", {}, [](auto) { throw std::domain_error("no"); }),
               std::domain_error);
  EXPECT_EQ(answer("read"), "the input");
}

TEST_F(WorkersTest, TellOfAJobThatSomebodyKilled) {
  const JobOutcome outcome = run(workers_, "say and wait", {}, [](std::span<const std::byte> process) {
    ::kill(std::stoi(text_of(process)), SIGKILL);
  });
  EXPECT_EQ(outcome.ending, Ending::killed);
}

TEST_F(WorkersTest, RunNoMoreJobsAtOnceThanTheyMay) {
  WorkersSettings one = settings();
  one.most_at_once = 1;
  Workers workers(one);
  std::stop_source first_stop;
  const auto try_another = [&](auto) {
    std::stop_source stop;
    std::jthread stopper([&stop] { stop.request_stop(); });
    EXPECT_EQ(run(workers, "read", stop.get_token()).ending, Ending::cancelled);
    first_stop.request_stop();
  };
  EXPECT_EQ(run(workers, "say and wait", first_stop.get_token(), try_another).ending, Ending::cancelled);
  EXPECT_EQ(run(workers, "read").ending, Ending::done);
}

TEST_F(WorkersTest, StartTheProgramAnewWhenItDied) {
  std::stop_source stop;
  std::vector<pid_t> jobs;
  const JobOutcome outcome = run(workers_, "say and wait", stop.get_token(), [&](auto bytes) {
    jobs.push_back(std::stoi(text_of(bytes)));
    if (jobs.size() == 1)
      ::kill(process_of(jobs[0]).parent, SIGKILL);
    else
      stop.request_stop();
  });
  EXPECT_EQ(outcome.ending, Ending::cancelled);
  ASSERT_EQ(jobs.size(), 2U);
  EXPECT_TRUE(is_gone_soon(jobs[0]));
  EXPECT_EQ(answer("read"), "the input");
}

TEST_F(WorkersTest, GiveUpAJobWhoseProgramDiesTwice) {
  const auto kill_program = [](auto bytes) { ::kill(process_of(std::stoi(text_of(bytes))).parent, SIGKILL); };
  EXPECT_EQ(run(workers_, "say and wait", {}, kill_program).ending, Ending::lost);
  EXPECT_EQ(answer("read"), "the input");
}

TEST_F(WorkersTest, DieWithTheirOwner) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  const pid_t owner = ::fork();
  if (owner == 0) {
    Workers workers(settings());
    static_cast<void>(run(workers, "say and wait", {}, [&pipe](std::span<const std::byte> bytes) {
      const pid_t job = std::stoi(text_of(bytes));
      static_cast<void>(!::write(pipe[1], &job, sizeof job));
      for (;;) ::pause();
    }));
    ::_exit(0);
  }
  ::close(pipe[1]);
  pid_t job = 0;
  ASSERT_EQ(::read(pipe[0], &job, sizeof job), static_cast<ssize_t>(sizeof job));
  ::close(pipe[0]);
  const pid_t program = process_of(job).parent;
  ::kill(owner, SIGKILL);
  EXPECT_EQ(::waitpid(owner, nullptr, 0), owner);
  EXPECT_TRUE(is_gone_soon(job));
  EXPECT_TRUE(is_gone_soon(program));
}

TEST_F(WorkersTest, SayWhichWallsStand) {
  const Walls walls = workers_.walls();
  EXPECT_EQ(walls.files, landlock_version() > 0);
  EXPECT_EQ(walls.signals, landlock_version() >= kLandlockScopes);
}

TEST_F(WorkersTest, RunManyJobsFromManyThreads) {
  std::atomic<int> good = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&, i] {
        for (int round = 0; round < 10; ++round) {
          const bool crashes = (i + round) % 4 == 0;
          const JobOutcome outcome = run(workers_, crashes ? "crash" : "read");
          good += outcome.ending == (crashes ? Ending::crashed : Ending::done);
        }
      });
  }
  EXPECT_EQ(good, 80);
}

TEST_F(WorkersTest, NeedAProgram) {
  WorkersSettings missing = settings();
  missing.program = folder_.path() / "none";
  EXPECT_THROW(Workers{missing}, Error);
  missing.program = folder_.path() / "input";
  Workers workers(missing);
  EXPECT_THROW((void)run(workers, "read"), Error);
  missing.program = "/bin/true";
  Workers silent(missing);
  EXPECT_THROW((void)run(silent, "read"), Error);
}

}  // namespace
}  // namespace reelprint::jail
