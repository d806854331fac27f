package org.nutjvm.tools.shared;

import java.util.concurrent.TimeUnit;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsdClient;

/// A request that a driver carries out, `INSTCMD` or `SET VAR`, and the wait for its outcome when `-w` asks for it
/// (clients/upscmd.c: do_cmd, clients/upsrw.c: do_set).
public final class Request {
    /// Seconds to wait unless `-t` says otherwise (DEFAULT_TRACKING_TIMEOUT).
    public static final int DEFAULT_TIMEOUT = 10;

    private static final String ACCEPTED = "OK TRACKING ";
    private static final int UUID_LENGTH = 36;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Terminal terminal;
    private final boolean tracking;
    private final int timeoutSeconds;

    private Request(Terminal terminal, boolean tracking, int timeoutSeconds) {
        this.terminal = terminal;
        this.tracking = tracking;
        this.timeoutSeconds = timeoutSeconds;
    }

    /// Reads `-w` and `-t`.
    public static Request of(CommandLine line, Terminal terminal) throws Failure {
        int timeout = DEFAULT_TIMEOUT;
        if (line.has('t')) {
            timeout = Numbers.unsigned(line.last('t', ""));
            if (timeout < 0) {
                throw new Failure("Could not convert the provided value for timeout ('-t' option) to unsigned int:"
                        + " Invalid argument");
            }
        }
        return new Request(terminal, line.has('w'), timeout);
    }

    /// Switches tracking on if it was asked for.
    ///
    /// @param noun what is tracked, for messages: `command`, `set variable`
    public void track(Connection connection, String noun) throws Failure {
        if (!tracking) {
            return;
        }
        String answer;
        try {
            answer = connection.client().ask("SET TRACKING ON");
        } catch (NutException e) {
            throw connection.failure("Enabling " + noun + " status tracking failed: ", e);
        }
        if (!answer.startsWith("OK")) {
            throw new Failure("Enabling " + noun + " status tracking failed. upsd answered: " + answer);
        }
    }

    /// Sends the request and reports what the server, or with tracking the driver, says to it on standard error.
    ///
    /// @param before opens the message when no answer comes
    public void send(Connection connection, String line, String before) throws Failure {
        UpsdClient client = connection.client();
        String answer;
        try {
            if (terminal.debugs(1)) {
                terminal.debug(1, "request: " + line);
            }
            answer = client.ask(line);
        } catch (NutException e) {
            throw connection.failure(before, e);
        }
        if (!answer.startsWith("OK")) {
            throw new Failure("Unexpected response from upsd: " + answer);
        }
        if (tracking && answer.length() == ACCEPTED.length() + UUID_LENGTH) {
            terminal.complain(outcome(connection, answer.substring(ACCEPTED.length())));
        } else {
            terminal.complain(answer);
            sayWhatOkMeans();
        }
    }

    private void sayWhatOkMeans() {
        if (!"true".equals(terminal.env("NUT_QUIET_OK_NOTRACKING"))) {
            terminal.complain(
                    "WARNING: OK only says that upsd took the request; what the driver made of it is not known."
                            + "\nUse -w [-t SEC] to wait for the outcome, or set NUT_QUIET_OK_NOTRACKING=true to hide this.");
        }
    }

    private String outcome(Connection connection, String id) throws Failure {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new Failure("Can't receive status tracking information: timeout");
            }
            String status;
            try {
                status = connection.client().ask("GET TRACKING " + id);
            } catch (NutException e) {
                throw connection.failure("Can't receive status tracking information: ", e);
            }
            if (!status.startsWith("PENDING")) {
                return status;
            }
            try {
                Thread.sleep(Math.min(pause, left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("Can't receive status tracking information: interrupted");
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }
}
