package org.nutjvm.cgi.web;

/// Our own pages: what all of them have around their contents. They fetch nothing, need no script, and follow the
/// reader's wish for light or dark.
public final class Page {
    /// The page may load nothing, send forms only to where it came from, and be framed only by its own site.
    public static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    private static final String STYLE = """
            :root{color-scheme:light dark;--bg:#f4f6f8;--card:#fff;--fg:#1b2430;--dim:#566270;--line:#d5dbe1;--go:#0b62c4;--bad:#b3261e}
            @media(prefers-color-scheme:dark){:root{--bg:#11161c;--card:#1a2129;--fg:#e6ebf0;--dim:#9dabb8;--line:#303a45;--go:#6fb0ff;--bad:#ff8a80}}
            *{box-sizing:border-box}
            body{margin:0;padding:1rem;background:var(--bg);color:var(--fg);font:1rem/1.5 system-ui,sans-serif}
            main{max-width:56rem;margin:0 auto;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.25rem}
            h1{font-size:1.35rem;margin:.2rem 0 1rem}
            a{color:var(--go)}
            .dim{color:var(--dim)}
            .bad{color:var(--bad)}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:left;padding:.35rem .5rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
            label{display:block;margin:.6rem 0 .2rem}
            input,select,button{font:inherit;max-width:100%;padding:.35rem .5rem;color:var(--fg);background:var(--bg);border:1px solid var(--dim);border-radius:.35rem}
            button{margin:.8rem .4rem .2rem 0;cursor:pointer;background:var(--go);color:var(--card);border-color:var(--go)}
            pre{white-space:pre-wrap;overflow-wrap:anywhere}
            """;

    private Page() {}

    /// A whole page.
    ///
    /// @param title plain text
    /// @param main markup, everything in it escaped already
    public static CgiResponse of(int status, String title, String main) {
        String page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + Html.text(title) + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<main>\n" + main
                + "</main>\n</body>\n</html>\n";
        return CgiResponse.of(status, "text/html; charset=utf-8", page).with("Content-Security-Policy", POLICY);
    }

    /// A page that says what is wrong and what to do.
    ///
    /// @param title plain text, what is wrong in a few words
    /// @param what plain text, a sentence or two
    /// @param cure plain text, what to do; may be empty
    public static CgiResponse error(int status, String title, String what, String cure) {
        return of(
                status,
                title,
                "<h1>" + Html.text(title) + "</h1>\n<p>" + Html.text(what) + "</p>\n"
                        + (cure.isEmpty() ? "" : "<p class=\"dim\">" + Html.text(cure) + "</p>\n"));
    }
}
