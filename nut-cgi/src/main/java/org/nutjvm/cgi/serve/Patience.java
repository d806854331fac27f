package org.nutjvm.cgi.serve;

/// How long connections may take for what they do.
final class Patience {
    /// A request has to be complete after so many seconds; with a body after so many.
    private static final int HEAD_SECONDS = 10;

    private static final int BODY_SECONDS = 30;

    /// Between two requests.
    private static final int IDLE_SECONDS = 30;

    /// Without taking anything of an answer, and for all of it.
    private static final int STUCK_SECONDS = 15;

    private static final int ANSWER_SECONDS = 120;
    private static final int HANDSHAKE_SECONDS = 20;

    /// For what still comes after an answer that ends the connection.
    private static final int LINGER_SECONDS = 5;

    /// Between two signs of life for viewers.
    private static final int REMIND_SECONDS = 15;

    /// What becomes of a connection.
    enum Verdict {
        STAYS,
        DROPPED,
        /// A viewer is to get a sign of life.
        REMINDED,
        /// Its request has taken too long to come, and is answered so.
        TIMED_OUT
    }

    private Patience() {}

    /// @param now in the loop's seconds
    static Verdict with(Connection one, long now) {
        if (one.tls != null && !one.tls.established()) {
            return dropped(!one.tls.busy() && now - one.since > HANDSHAKE_SECONDS);
        }
        if (!one.clear()) {
            boolean slow = one.topic == null && now - one.answered > ANSWER_SECONDS;
            return dropped(slow || now - one.moved > STUCK_SECONDS);
        }
        if (one.topic != null) {
            return now - one.moved >= REMIND_SECONDS ? Verdict.REMINDED : Verdict.STAYS;
        }
        return one.busy ? Verdict.STAYS : idle(one, now - one.since);
    }

    private static Verdict idle(Connection one, long since) {
        if (one.lingering) {
            return dropped(since > LINGER_SECONDS);
        }
        if (one.length == 0) {
            return dropped(since > IDLE_SECONDS);
        }
        int limit = one.needed > one.length + 1 ? BODY_SECONDS : HEAD_SECONDS;
        return since > limit ? Verdict.TIMED_OUT : Verdict.STAYS;
    }

    private static Verdict dropped(boolean really) {
        return really ? Verdict.DROPPED : Verdict.STAYS;
    }
}
