package org.nutjvm.common.conf;

/// Something in a configuration file that an administrator should look at. The file is used all the same, as in C.
///
/// @param level how loudly C says it, or would
/// @param cause what kind of mistake it is
/// @param file the file as it was named to the reader
/// @param line the physical line from 1, or 0 when the whole file is meant
/// @param word the word it is about, or the empty string
/// @param suggestion the known word nearest to that word, or the empty string
/// @param text the whole sentence, ready to be printed; where C has a wording, it contains C's
public record Complaint(Level level, Cause cause, String file, int line, String word, String suggestion, String text) {
    /// syslog's names for how bad it is.
    public enum Level {
        /// Something the administrator wanted does not happen.
        ERROR,
        /// Something is probably not meant as it is written.
        WARNING,
        /// Worth knowing.
        NOTICE
    }

    /// What kind of mistake a complaint is about, whichever file it is in.
    public enum Cause {
        /// Bytes that are no ASCII text were dropped.
        NO_TEXT,
        /// The line cannot be split into words.
        SYNTAX,
        /// More words or longer ones than are read.
        TOO_LONG,
        /// A file with passwords that everybody can read.
        EXPOSED,
        /// The first word of the line is none that the file knows.
        UNKNOWN_WORD,
        /// A value that is none of the possible ones, or no number.
        BAD_VALUE,
        /// Something belongs behind the word.
        MISSING_VALUE,
        /// More stands behind the word than is read.
        EXTRA_WORDS,
        /// An `=` is missing, too many, or has blanks beside it where there must not be any.
        EQUALS,
        /// It was said before.
        REPEATED,
        /// NUT no longer has this.
        OBSOLETE,
        /// It belongs elsewhere in the file.
        MISPLACED,
        /// A section or a file lacks something it needs.
        INCOMPLETE,
        /// A count of other complaints.
        SUMMARY
    }

    static Complaint about(Level level, Cause cause, ConfLine at, String word, String text) {
        return about(level, cause, at, word, "", text);
    }

    static Complaint about(Level level, Cause cause, ConfLine at, String word, String suggestion, String text) {
        String where = suggestion.isEmpty()
                ? " (" + at.file() + ":" + at.line() + ")"
                : " (" + at.file() + ":" + at.line() + ", did you mean " + suggestion + "?)";
        return new Complaint(level, cause, at.file(), at.line(), word, suggestion, text + where);
    }

    /// The sentence.
    @Override
    public String toString() {
        return text;
    }
}
