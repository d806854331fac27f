package org.nutjvm.cgi.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Handler;
import org.nutjvm.cgi.web.Page;

/// CGI/1.1: variables and standard input to a request, an answer to standard output, notes for the administrator to
/// standard error, which web servers keep in their log. The exit code is 0 whatever the answer is: a web server takes
/// another one for a broken program, and hides what it has to say.
public final class Gateway {
    private final String program;
    private final Map<String, String> env;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    public Gateway(String program, Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        this.program = program;
        this.env = env;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /// Answers the one request there is.
    public void serve(Handler handler) {
        CgiResponse response;
        try {
            response = answer(handler);
        } catch (IOException e) {
            response = Page.error(
                    400, "The request did not arrive", "What was posted could not be read.", "Try it once more.");
        } catch (RuntimeException | Error e) {
            e.printStackTrace(err);
            response = Page.error(
                    500,
                    "Something went wrong in " + program,
                    "This is a mistake in the program, not yours.",
                    "The web server's error log says more; please report it.");
        }
        write(response);
    }

    private CgiResponse answer(Handler handler) throws IOException {
        String query = env.getOrDefault("QUERY_STRING", "");
        if (query.length() > CgiRequest.QUERY_LIMIT) {
            return Page.error(
                    414,
                    "The address is too long",
                    "More than " + CgiRequest.QUERY_LIMIT + " bytes stand after the question mark.",
                    "Follow a link of the overview instead.");
        }
        String method = env.getOrDefault("REQUEST_METHOD", "GET");
        String body = "";
        if (method.equals("POST")) {
            long length = length();
            byte[] posted = length > CgiRequest.BODY_LIMIT
                    ? new byte[CgiRequest.BODY_LIMIT + 1]
                    : in.readNBytes(length < 0 ? CgiRequest.BODY_LIMIT + 1 : (int) length);
            if (posted.length > CgiRequest.BODY_LIMIT) {
                return Page.error(
                        413,
                        "The form is too large",
                        "More than " + CgiRequest.BODY_LIMIT + " bytes were posted.",
                        "Change fewer settings at a time.");
            }
            body = new String(posted, StandardCharsets.ISO_8859_1);
        }
        return handler.handle(new CgiRequest(method, query, body, env));
    }

    /// What the web server says of the body's length; -1 if it says nothing usable.
    private long length() {
        try {
            return Long.parseLong(env.getOrDefault("CONTENT_LENGTH", ""));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void write(CgiResponse response) {
        for (String note : response.notes()) {
            err.print(program + ": " + oneLine(note) + '\n');
        }
        err.flush();
        var head = new StringBuilder(256);
        head.append("Status: ")
                .append(response.status())
                .append(' ')
                .append(response.reason())
                .append('\n');
        for (CgiResponse.Header header : response.headers()) {
            head.append(header.name()).append(": ").append(header.value()).append('\n');
        }
        byte[] all = head.append('\n').append(response.body()).toString().getBytes(StandardCharsets.ISO_8859_1);
        out.write(all, 0, all.length); // in one piece
        out.flush();
    }

    /// A note never has lines of its own: a browser could write them.
    private static String oneLine(String note) {
        var line = new StringBuilder(note.length());
        for (int i = 0; i < note.length(); i++) {
            char c = note.charAt(i);
            line.append(c < ' ' || c == 127 ? '?' : c);
        }
        return line.toString();
    }
}
