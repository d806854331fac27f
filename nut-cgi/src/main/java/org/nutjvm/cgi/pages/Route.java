package org.nutjvm.cgi.pages;

import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.web.CgiResponse;

/// What is at an address.
public sealed interface Route {
    /// A page about what is on the board: the same for everybody until the board changes.
    ///
    /// @param form how it is written
    record Page(Topic topic, Form form) implements Route {}

    /// How a page is written.
    enum Form {
        HTML,
        JSON,
        METRICS
    }

    /// News of such a page, as long as the browser listens.
    record Live(Topic topic) implements Route {}

    /// What was in the last time: it has to be read.
    ///
    /// @param week all of a week, else of a day
    record Past(Entry entry, boolean week, boolean json) implements Route {}

    /// Something that is known already.
    record Ready(CgiResponse response) implements Route {}

    /// One of the programs for web servers.
    ///
    /// @param program `upsstats.cgi`
    record Program(String program) implements Route {}

    /// Commands and settings: servers have to be asked.
    record Control(ControlHandler.Wanted wanted) implements Route {}
}
