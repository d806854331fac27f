package org.nutjvm.cgi.web;

/// What answers requests. It knows neither sockets nor files: whoever calls it gives it those as interfaces, and sends
/// what it returns. The same handlers serve a program that lives for one request and a server that lives on.
public interface Handler {
    /// The answer; also to what is malformed, not allowed or cannot be done at the moment.
    CgiResponse handle(CgiRequest request);
}
