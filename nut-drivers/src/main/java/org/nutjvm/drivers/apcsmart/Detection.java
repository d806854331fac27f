package org.nutjvm.drivers.apcsmart;

import java.io.IOException;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.apcsmart.Tables.Cmd;
import org.nutjvm.drivers.apcsmart.Tables.Format;
import org.nutjvm.drivers.apcsmart.Tables.Model;
import org.nutjvm.drivers.apcsmart.Tables.Trait;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what a device can do (drivers/apcsmart.c: getbaseinfo, apc_getcaps): by its firmware, if that is in the
/// table; else by the list of characters it gives; else, for very old ones, by trying.
final class Detection {
    private static final Logger LOG = LoggerFactory.getLogger(Detection.class);
    private static final char FIRMWARE_OLD = 'V';
    private static final char FIRMWARE_NEW = 'b';
    private static final char CHARACTERS = 'a';
    private static final char CAPABILITIES = 0x1a;
    /// Characters of the protocol that NUT has no word for.
    private static final String UNUSED = "\u001a\u007f~')-+8QRYayz";
    /// Its list of capabilities ends too soon, and is good up to there.
    private static final String ENDS_EARLY = "451.2.I";

    private static final String[] OLD = {
        "ups.temperature",
        "ups.load",
        "input.voltage",
        "output.voltage",
        "battery.charge",
        "battery.voltage",
        "ups.model",
        "ups.serial",
        "ups.firmware",
        "output.current"
    };

    private final Ups ups;

    private Detection(Ups ups) {
        this.ups = ups;
    }

    /// Asks the device, which has to be in smart mode, and publishes all it tells of itself.
    static void run(Ups ups) throws IOException {
        new Detection(ups).detect();
    }

    private void detect() throws IOException {
        String firmware = firmware();
        Model model = model(firmware);
        if (model != null) {
            LOG.debug("matched firmware: {}", model.firmware());
            char first = model.firmware().charAt(0);
            ups.dstate().setinfo("ups.model", first == '0' || first == '5' ? "Matrix-UPS" : "Smart-UPS");
            characters(model.characters());
            return;
        }
        ups.talk.flush();
        ups.talk.send(CHARACTERS);
        String list = ups.talk.answer(Talk.CHARACTERS);
        String characters = characterList(list);
        if (characters == null) {
            LOG.info(Priority.NOTICE, "very old or unknown APC model, support will be limited");
            old();
            return;
        }
        characters(characters);
        if (characters.indexOf(CAPABILITIES) >= 0) {
            capabilities(firmware.equals(ENDS_EARLY));
        }
    }

    private String firmware() throws IOException {
        String old = ups.look(FIRMWARE_OLD);
        if (!old.isEmpty() && !old.equals(Ups.NOT_AVAILABLE)) {
            return old;
        }
        ups.talk.send(FIRMWARE_NEW);
        return ups.talk.answer(Talk.USUAL);
    }

    private @Nullable Model model(String firmware) {
        boolean voltage = firmware.length() == 2 && Shape.plausible(Format.HEX, firmware);
        for (Model model : ups.tables.models()) {
            if (model.firmware().equals(voltage ? "hex" : firmware)) {
                return model;
            }
        }
        return null;
    }

    /// Of `version.alerts.characters[.more]` the characters, or null if a text is not that.
    static @Nullable String characterList(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first != 1 || second < 0 || !Shape.digits(text.substring(0, 1), 1, 1)) {
            return null;
        }
        int third = text.indexOf('.', second + 1);
        String characters = third < 0 ? text.substring(second + 1) : text.substring(second + 1, third);
        boolean more = third < 0 || (third + 1 < text.length() && text.indexOf('.', third + 1) < 0);
        return characters.isEmpty() || !more ? null : characters;
    }

    private void characters(String characters) throws IOException {
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (UNUSED.indexOf(c) < 0) {
                character(c);
            }
        }
        choose();
    }

    private void character(char c) throws IOException {
        boolean found = false;
        for (Known known : ups.vars()) {
            if (known.character() == c) {
                verify(known);
                found = true;
            }
        }
        if (found) {
            return;
        }
        for (Cmd cmd : ups.tables.cmds()) {
            if (cmd.character() == c) {
                ups.can(cmd);
                LOG.debug("{} [{}] - command supported", cmd.name(), Ups.printable(c));
                found = true;
            }
        }
        if (!found) {
            LOG.warn("[{}] unrecognized", Ups.printable(c));
        }
    }

    private void verify(Known known) throws IOException {
        if (known.var.ambiguous()) {
            known.present = true; // which of them it is, choose() finds out
            return;
        }
        String text = value(known);
        if (text == null) {
            LOG.warn("{} [{}] - variable invalid", known.name(), Ups.printable(known.character()));
        } else {
            take(known, text);
        }
    }

    private void take(Known known, String text) {
        known.present = true;
        ups.publish(known, text);
        ups.writable(known);
        LOG.debug("{} [{}] - variable supported", known.name(), Ups.printable(known.character()));
    }

    /// The first answer to count is one that is plausible, or comes twice.
    private @Nullable String value(Known known) throws IOException {
        String text = ups.look(known.character());
        if (!text.isEmpty() && !Shape.plausible(known.var.format(), text) && !text.equals(Ups.NOT_AVAILABLE)) {
            String second = ups.look(known.character());
            if (!second.equals(text) && !Shape.plausible(known.var.format(), second)) {
                throw new IOException("answers to [" + Ups.printable(known.character()) + "] (" + known.name()
                        + ") make no sense: \"" + Noise.text(text) + "\", \"" + Noise.text(second) + "\"");
            }
            text = second;
        }
        if (text.isEmpty() || text.equals(Ups.NOT_AVAILABLE)) {
            LOG.error("{} [{}] timed out or not supported", known.name(), Ups.printable(known.character()));
            return null;
        }
        return text;
    }

    /// Of variables with the same name or character, leaves the first whose answer has its form.
    private void choose() throws IOException {
        for (int i = 0; i < ups.vars().size(); i++) {
            Known known = ups.vars().get(i);
            String shape = known.var.shape();
            if (shape == null || !known.present) {
                continue;
            }
            String text = value(known);
            if (text == null || !Shape.matches(shape, text)) {
                known.present = false;
                LOG.warn("{} [{}] - variable combination invalid", known.name(), Ups.printable(known.character()));
                continue;
            }
            for (Known other : ups.vars().subList(i + 1, ups.vars().size())) {
                if (other.name().equals(known.name()) || other.character() == known.character()) {
                    other.present = false;
                }
            }
            take(known, text);
        }
    }

    private void old() throws IOException {
        for (String name : OLD) {
            for (Known known : ups.vars()) {
                if (known.name().equals(name)) {
                    verify(known);
                }
            }
        }
        choose();
        if (ups.byName("output.current") != null) {
            ups.dstate().setinfo("ups.model", "Matrix-UPS");
        } else if (ups.byName("ups.model") == null) {
            ups.dstate().setinfo("ups.model", "Smart-UPS");
        }
    }

    private void capabilities(boolean endsEarly) throws IOException {
        String firmware = ups.dstate().getinfo("ups.firmware");
        char place = firmware == null || firmware.isEmpty() ? 0 : firmware.charAt(firmware.length() - 1);
        ups.talk.flush();
        ups.talk.send(CAPABILITIES);
        String text = ups.talk.answer(Talk.CAPABILITIES);
        if (text.isEmpty() || text.equals(Ups.NOT_AVAILABLE)) {
            LOG.warn("APC cannot do capabilities but said it could !");
            return;
        }
        if (text.charAt(0) != '#') {
            LOG.warn("unknown capability start char [{}] !", Ups.printable(text.charAt(0)));
            LOG.debug("please report this caps string: {}", Noise.text(text));
            return;
        }
        if (!Capability.each(text, one -> capability(one, place)) && !endsEarly) {
            LOG.error("capability string has overflowed, please report this error with device details!");
        }
    }

    private void capability(Capability capability, char place) {
        Known known = ups.byCharacter(capability.character());
        if (known == null || !(capability.place() == place || capability.place() == '4')) {
            return;
        }
        if (known.is(Trait.PACK)) {
            LOG.warn(
                    "packed APC variable {} reported as enumerable, please report it on the mailing list",
                    known.name());
            return;
        }
        known.cycles = true;
        ups.dstate().setflags(known.name(), EnumSet.of(Variable.Flag.RW));
        for (String value : capability.values()) {
            ups.dstate().addenum(known.name(), Values.converted(known.var.format(), value));
        }
    }
}
