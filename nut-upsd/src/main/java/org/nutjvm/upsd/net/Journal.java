package org.nutjvm.upsd.net;

import java.io.IOException;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.log.Priority;
import org.nutjvm.upsd.session.Note;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's log: what pure code wants said, in the words and at the levels of C.
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");

    private Journal() {}

    static Logger log() {
        return LOG;
    }

    static void note(Note note) {
        switch (note.level()) {
            case DEBUG -> LOG.debug(note.text());
            case INFO -> LOG.info(note.text());
            case NOTICE -> LOG.info(Priority.NOTICE, note.text());
            case WARNING -> LOG.warn(note.text());
            case ERROR -> LOG.error(note.text());
        }
    }

    static void notice(String text) {
        LOG.info(Priority.NOTICE, text);
    }

    /// What is wrong with a configuration file.
    public static void complaints(Iterable<Complaint> complaints) {
        for (var complaint : complaints) {
            switch (complaint.level()) {
                case ERROR -> LOG.error(complaint.text());
                case WARNING -> LOG.warn(complaint.text());
                case NOTICE -> LOG.info(Priority.NOTICE, complaint.text());
            }
        }
    }

    /// A sentence with the system's reason behind it, as upslog_with_errno has it.
    static String because(String sentence, IOException reason) {
        return sentence + ": " + org.nutjvm.common.io.Reasons.of(reason);
    }
}
