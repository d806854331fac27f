package org.nutjvm.drivers.apcsmart;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.apcsmart.Tables.Cmd;
import org.nutjvm.drivers.apcsmart.Tables.Trait;
import org.nutjvm.drivers.apcsmart.Tables.Var;
import org.nutjvm.drivers.spi.Dstate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The device at hand: what it can do, and its values as they are published (drivers/apcsmart.c: poll_data,
/// update_status, apc_dstate_setinfo).
final class Ups {
    static final int CAL = 0x01;
    static final int OL = 0x08;
    static final int OB = 0x10;
    static final int LB = 0x40;
    private static final List<String> WORDS = List.of("CAL", "TRIM", "BOOST", "OL", "OB", "OVER", "LB", "RB");

    static final char STATUS = 'Q';
    static final String NOT_AVAILABLE = "NA";
    private static final char GO_SMART = 'Y';
    private static final char ESCAPE = 0x1b;
    static final int TEXT_BYTES = 8;
    private static final int MOST_PACKED = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Ups.class);

    final Talk talk;
    final Tables tables;
    private final Dstate dstate;
    private final List<Known> vars = new ArrayList<>();
    private final Set<Cmd> cmds = new HashSet<>();
    private int status = -1;

    Ups(Talk talk, Tables tables, Dstate dstate) {
        this.talk = talk;
        this.tables = tables;
        this.dstate = dstate;
        for (Var var : tables.vars()) {
            vars.add(new Known(var));
        }
    }

    List<Known> vars() {
        return vars;
    }

    @Nullable
    Known byName(String name) {
        for (Known one : vars) {
            if (one.present && one.name().equalsIgnoreCase(name)) {
                return one;
            }
        }
        return null;
    }

    @Nullable
    Known byCharacter(char c) {
        for (Known one : vars) {
            if (one.present && one.character() == c) {
                return one;
            }
        }
        return null;
    }

    void can(Cmd cmd) {
        cmds.add(cmd);
        dstate.addcmd(cmd.name());
    }

    boolean has(Cmd cmd) {
        return cmds.contains(cmd);
    }

    Dstate dstate() {
        return dstate;
    }

    /// Has the device speak the smart protocol, with so many attempts.
    boolean smart(int attempts) throws IOException {
        for (int i = 0; i < attempts; i++) {
            talk.flush();
            talk.send(GO_SMART);
            if (patient().equals("SM")) {
                return true;
            }
            talk.send(ESCAPE);
            patient();
        }
        return false;
    }

    /// An answer whatever it is: noise is none.
    private String patient() {
        try {
            return talk.answer(Talk.SHORT);
        } catch (IOException e) {
            LOG.debug("while looking for the device: {}", String.valueOf(e.getMessage()));
            talk.pause(Duration.ofSeconds(1));
            return "";
        }
    }

    /// Asks for a variable's value.
    ///
    /// @return the answer, empty if there is none
    String look(char character) throws IOException {
        talk.flush();
        talk.send(character);
        return talk.answer(Talk.USUAL);
    }

    /// Asks for it with a mind to what happens meanwhile.
    ///
    /// @throws IOException if there is no answer
    String ask(char character) throws IOException {
        talk.flushAlerts();
        talk.send(character);
        return talk.line(Talk.USUAL);
    }

    /// Reads a variable again and publishes it. An answer of another form than the last one has to come twice.
    void refresh(Known known) throws IOException {
        String text = ask(known.character());
        String form = Shape.of(text);
        if (!form.equals(known.form) || !Shape.plausible(known.var.format(), text)) {
            String second = ask(known.character());
            boolean same = second.equals(text)
                    || (Shape.of(second).equals(form) && Shape.plausible(known.var.format(), second));
            if (!same) {
                throw new IOException("answers to [" + printable(known.character()) + "] (" + known.name()
                        + ") make no sense: \"" + Noise.text(text) + "\", \"" + Noise.text(second) + "\"");
            }
            text = second;
        }
        if (text.equals(NOT_AVAILABLE)) {
            LOG.warn("verified variable {} [{}] returned NA, removing", known.name(), printable(known.character()));
            known.present = false;
            withdraw(known, 0);
        } else {
            publish(known, text);
        }
    }

    /// Publishes an answer.
    void publish(Known known, String text) {
        known.form = Shape.of(text);
        if (!known.is(Trait.PACK)) {
            dstate.setinfo(known.name(), Values.converted(known.var.format(), text));
            return;
        }
        String[] values = text.split(",", -1);
        int count = Math.min(values.length, MOST_PACKED);
        if (values.length > MOST_PACKED) {
            LOG.warn("packed variable {} has more than {} fields, ignoring the rest", known.name(), MOST_PACKED);
        }
        if (known.packed > count) {
            withdraw(known, count);
        }
        known.packed = count;
        for (int i = 0; i < count; i++) {
            String value = values[i].isEmpty() ? "N/A" : Values.converted(known.var.format(), values[i]);
            dstate.setinfo(numbered(known, i), value);
        }
    }

    private void withdraw(Known known, int from) {
        if (known.is(Trait.PACK)) {
            for (int i = from; i < known.packed; i++) {
                dstate.delinfo(numbered(known, i));
            }
            known.packed = 0;
        } else {
            dstate.delinfo(known.name());
        }
    }

    private static String numbered(Known known, int index) {
        return known.name().replace(".0.", "." + (index + 1) + ".");
    }

    /// Lets clients set a text of eight bytes.
    void writable(Known known) {
        if (known.is(Trait.TEXT)) {
            dstate.setflags(known.name(), EnumSet.of(Variable.Flag.RW, Variable.Flag.STRING));
            dstate.setaux(known.name(), TEXT_BYTES);
        }
    }

    /// The status bits last read, or -1.
    int status() {
        return status;
    }

    void status(int bits) {
        status = bits;
    }

    /// Reads the status and publishes it. One that differs from the last has to come twice, for a wrong one may shut
    /// down the machine.
    void refreshStatus() throws IOException {
        int last = status;
        for (int attempt = 0; attempt < 4; attempt++) {
            int now = bits(ask(STATUS));
            if (now >= 0 && now == last) {
                status = now;
                publishStatus();
                return;
            }
            last = now;
        }
        throw new IOException("the device's answers to [Q], its status, make no sense");
    }

    /// Bits of an answer of two hexadecimal digits, or -1.
    static int bits(String answer) {
        if (answer.length() != 2 || !Shape.plausible(Tables.Format.HEX, answer)) {
            return -1;
        }
        return Integer.parseInt(answer, 16);
    }

    private void publishStatus() {
        dstate.statusInit();
        for (int i = 0; i < WORDS.size(); i++) {
            if ((status & 1 << i) != 0) {
                dstate.statusSet(WORDS.get(i));
            }
        }
        if (status == 0) {
            dstate.statusSet("OFF");
        }
        dstate.statusCommit();
    }

    static String printable(char c) {
        return c > ' ' && c < 0x7f ? String.valueOf(c) : "0x" + Integer.toHexString(c);
    }
}
