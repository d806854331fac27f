package org.nutjvm.upsd.session;

import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.PasswordHash;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.NutError;

/// What a request leads to.
///
/// @param text the whole reply, each line with its newline
/// @param lasting whether anybody gets this same reply until {@link #about} changes
/// @param about the device whose {@link Device#stamp} the reply depends on, null when it depends on none
/// @param action what has to be done besides
/// @param note something for the log
public record Answer(
        String text,
        boolean lasting,
        @Nullable Device about,
        @Nullable Action action,
        @Nullable Note note) {
    /// What the pure part cannot do itself.
    public sealed interface Action {
        /// Send this to the driver; when that fails the reply is the error instead.
        record Tell(Device device, DriverRequest request, NutError otherwise) implements Action {}

        /// Find out whether this is the password, which takes long, then {@link Session#proof} and ask again.
        record Prove(PasswordHash hash, String password, UpsdUsers users) implements Action {
            /// Without the password.
            @Override
            public String toString() {
                return "Prove[]";
            }
        }

        /// Somebody guesses passwords: keep the reply back for as long as {@link Penalties} says.
        record Penalty() implements Action {}

        /// Encrypt the connection once the reply is sent.
        record Encrypt() implements Action {}

        /// Close the connection once the reply is sent.
        record Close() implements Action {}
    }

    static Answer of(String line) {
        return new Answer(line + '\n', false, null, null, null);
    }

    static Answer error(NutError error) {
        return of(error.text());
    }

    /// The same for everybody, as long as the device stays as it is.
    static Answer lasting(@Nullable Device about, String text) {
        return new Answer(text, true, about, null, null);
    }

    Answer with(Action what) {
        return new Answer(text, lasting, about, what, note);
    }

    Answer with(Note what) {
        return new Answer(text, lasting, about, action, what);
    }
}
