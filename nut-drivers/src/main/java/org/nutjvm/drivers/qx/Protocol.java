package org.nutjvm.drivers.qx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dialect, as its file has it (docs/qx-protocols.md).
///
/// @param name what `protocol` calls it
/// @param version published as `driver.version.data`
/// @param accepted what the device says to a command it obeys; nothing if it is silent then
/// @param rejected the whole answer that refuses, without its end, or null
/// @param checksum whether all lines have a {@link Checksum}
/// @param usbVendor without being asked for by its name it is tried on USB devices of this maker alone; null on all
/// @param claims what a device must tell to be taken for one that speaks it
/// @param facts variables that need no asking
record Protocol(
        String name,
        String version,
        List<String> accepted,
        @Nullable String rejected,
        boolean checksum,
        @Nullable String usbVendor,
        List<Claim> claims,
        List<Fact> facts,
        List<Item> items,
        List<Command> commands,
        List<Setting> settings,
        List<Write> writes) {

    /// A variable that must be readable.
    ///
    /// @param unless the flag of ups.conf that lifts this
    /// @param orRejected whether a refusal will do as well; the variable is left out then
    /// @param is the setting of ups.conf whose number it must have, if that is given
    record Claim(
            String variable,
            @Nullable String unless,
            boolean orRejected,
            @Nullable String is) {}

    /// A variable and its value.
    record Fact(String variable, String value) {}

    /// A question.
    ///
    /// @param question without its end; `{variable}` in it stands for the variable's value
    /// @param length the least an answer has, with its end
    /// @param longest the most
    /// @param lead what an answer begins with, or 0
    /// @param decode how an answer becomes text
    /// @param unless the flag of ups.conf that has it not asked
    /// @param binary whether an answer has bytes that are no characters
    /// @param shape what an answer looks like, where 9 stands for any digit and blanks may follow; or null
    record Query(
            Template question,
            int length,
            int longest,
            char lead,
            Decoding decode,
            @Nullable String unless,
            boolean binary,
            @Nullable String shape) {
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
            if (shape != null && !hasShape(answer.strip(), shape)) {
                return "no answer to " + question + " looks so";
            }
            return binary || Item.printable(answer.substring(0, answer.length() - 1))
                    ? null
                    : "noise in the answer to " + question;
        }

        private static boolean hasShape(String text, String shape) {
            if (text.length() != shape.length()) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (shape.charAt(i) == '9' ? c < '0' || c > '9' : c != shape.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// What the device says to an order.
    ///
    /// @param length the least it has, 0 if silence will do
    /// @param lead what it begins with, or 0
    /// @param at where that stands which is to be {@link Protocol#accepted}
    record Reply(int length, char lead, Meaning.Place at) {}

    /// An instant command.
    ///
    /// @param bytes without their end; `{word}` stands for something computed ({@link Orders})
    /// @param first what is sent before, and has to be accepted, or null
    /// @param when whether the device has it
    /// @param now whether it is what the command means at the moment
    /// @param sets a variable that has this value when it is done, or null
    record Command(
            String name,
            Template bytes,
            @Nullable String first,
            Reply reply,
            List<Condition> when,
            List<Condition> now,
            @Nullable Fact sets) {}

    /// A variable the driver keeps itself.
    ///
    /// @param min the least it can be set to
    /// @param max the most, or -1 if it cannot be set
    /// @param rounding how a value becomes one the device knows
    record Setting(String variable, String standard, int min, int max, Rounding rounding) {}

    /// A variable that is kept in the device.
    ///
    /// @param bytes without their end
    /// @param reply what the device says to it
    /// @param when whether the device has it, so
    /// @param values what can be written
    /// @param once whether only ups.conf sets it, at the start
    record Write(String variable, Template bytes, Reply reply, List<Condition> when, Writable values, boolean once) {}

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

    /// Whether this answer to an order says that it is obeyed. One that is not understood comes back as it was sent.
    boolean obeys(Reply reply, String answer) {
        if (answer.isEmpty()) {
            return reply.length() == 0;
        }
        if (rejects(answer)
                || answer.length() < reply.length()
                || (reply.lead() != 0 && answer.charAt(0) != reply.lead())) {
            return false;
        }
        String said = reply.at().in(answer);
        return said.isEmpty() || accepts(said);
    }
}
