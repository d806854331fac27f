package org.nutjvm.drivers.qx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dialect, as its file has it (docs/qx-protocols.md).
///
/// @param name what `protocol` calls it
/// @param version published as `driver.version.data`
/// @param accepted what the device says to a command it obeys; nothing if it is silent then
/// @param rejected the whole answer that refuses, without its end, or null
/// @param claims what a device must tell to be taken for one that speaks it
/// @param facts variables that need no asking
record Protocol(
        String name,
        String version,
        List<String> accepted,
        @Nullable String rejected,
        List<Claim> claims,
        List<Fact> facts,
        List<Item> items,
        List<Command> commands,
        List<Setting> settings) {

    /// A variable that must be readable.
    ///
    /// @param unless the flag of ups.conf that lifts this
    /// @param orRejected whether a refusal will do as well; the variable is left out then
    record Claim(String variable, @Nullable String unless, boolean orRejected) {}

    /// A variable and its value.
    record Fact(String variable, String value) {}

    /// A question.
    ///
    /// @param question without its end
    /// @param length the least an answer has, with its end
    /// @param longest the most
    /// @param lead what an answer begins with, or 0
    /// @param decode how an answer becomes text
    /// @param unless the flag of ups.conf that has it not asked
    record Query(
            String question,
            int length,
            int longest,
            char lead,
            Decoding decode,
            @Nullable String unless) {
        /// Why this is no answer, or null if it is one.
        @Nullable
        String complaint(String answer) {
            if (answer.isEmpty()) {
                return "no answer to " + question;
            }
            if (!answer.endsWith("\r")) {
                return "the answer to " + question + " breaks off";
            }
            if (answer.length() < length) {
                return "short answer to " + question;
            }
            if (answer.length() > longest) {
                return "long answer to " + question;
            }
            if (lead != 0 && answer.charAt(0) != lead) {
                return "no answer to " + question + " begins so";
            }
            return null;
        }
    }

    /// Something that holds when a variable has a value.
    record Condition(String variable, String value) {}

    /// An instant command.
    ///
    /// @param bytes without their end; `{word}` stands for something computed ({@link Orders})
    /// @param length the least an answer has, 0 if none is needed
    /// @param from where in the answer that stands which is to be {@link Protocol#accepted}
    /// @param to its last character, or -1 for the rest
    record Command(
            String name,
            String bytes,
            int length,
            char lead,
            int from,
            int to,
            @Nullable Condition when) {}

    /// A variable the driver keeps itself.
    ///
    /// @param min the least it can be set to
    /// @param max the most, or -1 if it cannot be set
    /// @param rounding how a value becomes one the device knows
    record Setting(String variable, String standard, int min, int max, Rounding rounding) {}

    /// To what values are rounded down.
    enum Rounding {
        NONE,
        /// Minutes.
        START,
        /// Tenths of minutes, minutes from one on.
        SHUTDOWN;

        /// The nearest value not above.
        long down(long seconds) {
            return switch (this) {
                case NONE -> seconds;
                case START -> seconds - seconds % 60;
                case SHUTDOWN -> seconds - seconds % (seconds < 60 ? 6 : 60);
            };
        }
    }

    /// The first item of a variable, or null.
    @Nullable
    Item item(String variable) {
        for (Item item : items) {
            if (item.variable().equals(variable)) {
                return item;
            }
        }
        return null;
    }

    /// Whether this part of an answer to a command says that it is obeyed.
    boolean accepts(String said) {
        for (String one : accepted) {
            if (said.equalsIgnoreCase(one)) {
                return true;
            }
        }
        return false;
    }

    /// Whether this answer, with its end, is a refusal.
    boolean rejects(String answer) {
        return rejected != null && answer.equalsIgnoreCase(rejected + "\r");
    }
}
