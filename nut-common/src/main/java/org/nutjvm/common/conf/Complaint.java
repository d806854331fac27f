package org.nutjvm.common.conf;

/// Something in a configuration file that an administrator should look at. The file is used all the same, as in C.
///
/// @param level how loudly C says it, or would
/// @param file the file as it was named to the reader
/// @param line the physical line from 1, or 0 when the whole file is meant
/// @param word the word it is about, or the empty string
/// @param suggestion the known word nearest to that word, or the empty string
/// @param text the whole sentence, ready to be printed; where C has a wording, it contains C's
public record Complaint(Level level, String file, int line, String word, String suggestion, String text) {
    /// syslog's names for how bad it is.
    public enum Level {
        /// Something the administrator wanted does not happen.
        ERROR,
        /// Something is probably not meant as it is written.
        WARNING,
        /// Worth knowing.
        NOTICE
    }

    static Complaint about(Level level, ConfLine at, String word, String text) {
        return about(level, at, word, "", text);
    }

    static Complaint about(Level level, ConfLine at, String word, String suggestion, String text) {
        String where = suggestion.isEmpty()
                ? " (" + at.file() + ":" + at.line() + ")"
                : " (" + at.file() + ":" + at.line() + ", did you mean " + suggestion + "?)";
        return new Complaint(level, at.file(), at.line(), word, suggestion, text + where);
    }

    /// The sentence.
    @Override
    public String toString() {
        return text;
    }
}
