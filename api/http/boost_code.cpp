// The code of Boost.Asio and Boost.Beast, compiled here once and for all instead of wherever it is used.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
