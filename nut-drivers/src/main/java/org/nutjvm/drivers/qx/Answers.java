package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answers of one walk over a device's questions: each is asked once, and again only if there is something wrong
/// with its answer.
final class Answers {
    private static final int TRIES = 3;

    /// Why there is no answer.
    static final class Missing extends IOException {
        private static final long serialVersionUID = 1L;
        /// Whether the device said in its protocol's words that it does not know the question.
        final boolean rejected;

        Missing(String why, boolean rejected) {
            super(why);
            this.rejected = rejected;
        }
    }

    private static final class Asked {
        int tries;
        String answer = "";

        @Nullable
        String refused;

        boolean echoed;
    }

    private final QxLink link;
    private final Map<String, Asked> asked = new HashMap<>();
    private boolean doubtful;

    /// @param doubtful whether something went wrong before, so that the answer to an old question may still come
    Answers(QxLink link, boolean doubtful) {
        this.link = link;
        this.doubtful = doubtful;
    }

    /// Whether something went wrong last.
    boolean doubtful() {
        return doubtful;
    }

    /// The answer as text.
    ///
    /// @param question what is asked, without its end
    /// @throws Missing if there is none
    /// @throws IOException if the link is lost
    String text(Protocol protocol, Protocol.Query query, String question) throws IOException {
        Asked one = asked.computeIfAbsent(question, q -> new Asked());
        while (true) {
            if (one.refused != null) {
                throw new Missing(one.refused, !one.echoed);
            }
            String complaint = "no answer to " + question;
            if (one.tries > 0) {
                String decoded = query.decode().decoded(one.answer);
                complaint = decoded == null ? "no answer to " + question + " looks so" : query.complaint(decoded);
                if (complaint == null && decoded != null) {
                    return decoded;
                }
                // Noise makes nothing longer: this is another kind of answer, and would be it again.
                if (decoded != null && decoded.endsWith("\r") && decoded.length() > query.longest()) {
                    throw new Missing(String.valueOf(complaint), false);
                }
                doubtful = true;
            }
            if (one.tries >= TRIES) {
                throw new Missing(String.valueOf(complaint), false);
            }
            ask(one, protocol, question);
        }
    }

    /// Something in an answer cannot be: has it asked again next time.
    ///
    /// @return false if it was asked often enough
    boolean again(String question) {
        Asked one = asked.get(question);
        if (one == null || one.tries >= TRIES) {
            return false;
        }
        one.answer = "";
        doubtful = true;
        return true;
    }

    private void ask(Asked one, Protocol protocol, String question) throws IOException {
        if (doubtful) {
            link.quiet();
            doubtful = false;
        }
        one.tries++;
        one.answer = link.ask(question + "\r");
        if (protocol.rejects(one.answer)) {
            one.refused = question + " is refused";
        } else if (one.answer.equals(question + "\r")) {
            one.refused = question + " comes back as it was sent";
            one.echoed = true;
        }
    }
}
