package org.nutjvm.upsmon.run;

import java.util.OptionalInt;
import org.nutjvm.upsmon.decide.Reading;

/// What the loop hears, from pollers, from the half that keeps root and from signals.
sealed interface Event {
    /// A poll is done.
    ///
    /// @param from the poller, as one that was removed may still answer
    /// @param epoch the one it was asked in
    record Polled(Poller from, int epoch, Reading reading) implements Event {}

    /// What became of a login.
    ///
    /// @param refusal why not, or empty
    record Login(Poller from, String refusal) implements Event {}

    /// The server confirmed FSD, or it cannot be asked.
    record Fsd(Poller from, boolean set) implements Event {}

    /// How many are logged in, counting this machine; empty if the server does not say.
    record Logins(Poller from, OptionalInt count) implements Event {}

    /// A poller has logged out and ended.
    record Left(Poller from) implements Event {}

    /// The half that keeps root says something for the log.
    record HelperSaid(String line) implements Event {}

    /// The half that keeps root is gone.
    record HelperGone(long pid) implements Event {}

    /// SIGHUP.
    record Reload() implements Event {}

    /// SIGUSR1.
    record UserFsd() implements Event {}

    /// SIGTERM or SIGINT.
    ///
    /// @param why for the log
    record Stop(String why) implements Event {}

    /// A thread has failed in a way nobody foresaw: upsmon must not go on without it.
    record Broken(Throwable cause) implements Event {}
}
