package org.nutjvm.cgi.web;

import org.nutjvm.common.conf.ConfException;

/// A configuration file that cannot be read, on a page: what to do, without where exactly things are on this machine,
/// which is in the log.
public final class ConfTrouble {
    private ConfTrouble() {}

    /// The page about that.
    ///
    /// @param file its name, without directory
    public static CgiResponse page(String file, ConfException e) {
        String what = switch (e.reason()) {
            case MISSING -> "There is no such file in NUT's configuration directory.";
            case UNREADABLE -> "The web server's user may not read it.";
            case DIRECTORY -> "It is a directory.";
            case BINARY -> "It is no text.";
            case TOO_LONG -> "It is too long.";
            case NO_DESCRIPTOR, FAILED -> "It could not be read.";
        };
        String cure = switch (e.reason()) {
            case MISSING ->
                "Copy the sample that comes with NUT (etc/" + file
                        + ".sample) to /etc/nut, or have the web server set NUT_CONFPATH to the directory it is in.";
            case UNREADABLE -> "Give it mode 644, and let everybody enter the directories above it.";
            default -> "The web server's error log names the file.";
        };
        return Page.error(500, "Error: can't open " + file, what, cure).note(e.getMessage());
    }
}
