package org.nutjvm.drivers.metasys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.nutjvm.drivers.metasys.Models.Model;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Numbers;

/// Makes variables out of answers (drivers/metasys.c: upsdrv_initinfo, upsdrv_updateinfo).
final class Publisher {
    private static final String NOT_AVAILABLE = "not available";
    private static final int OVERRANGE = -1;
    private static final int SERIAL = 7;
    private static final int SERIAL_LENGTH = 12;
    private static final int TEMPERATURE_ZERO = 128;
    private static final int PERCENT = 100;
    private static final float TENTHS = 10;

    /// What is published while nothing is scheduled.
    private static final long USUAL_SHUTDOWN = 120;

    private static final String[] TEST_RESULTS = {
        "OK",
        "Battery charge: 20%",
        "Battery charge: 40%",
        "Battery charge: 60%",
        "Battery charge: 80%",
        "Battery charge: 100%"
    };
    private static final int BAD_BATTERY = 0xfe;

    private Publisher() {}

    static void info(byte[] answer, Model model, Dstate dstate) {
        dstate.setinfo("ups.mfr", "Meta System");
        dstate.setinfo("ups.model", model.name());
        int end = SERIAL;
        while (end < answer.length && end < SERIAL + SERIAL_LENGTH && answer[end] != 0) {
            end++;
        }
        dstate.setinfo("ups.serial", new String(answer, SERIAL, end - SERIAL, StandardCharsets.ISO_8859_1));
        dstate.setinfo("ups.firmware", (answer[5] & 0xff) + "." + (answer[6] & 0xff));
    }

    static void output(byte[] answer, Model model, Dstate dstate) {
        int power = word(answer, 1);
        dstate.setinfo("ups.load", power < 0 ? words(power) : power * PERCENT / model.power() + ".0");
        whole("output.voltage", word(answer, 3), dstate);
        tenths("output.current", word(answer, 5), dstate);
    }

    static void input(byte[] answer, Dstate dstate) {
        whole("input.voltage", word(answer, 3), dstate);
    }

    static void battery(byte[] answer, Dstate dstate) {
        tenths("battery.voltage", word(answer, 1), dstate);
    }

    static void schedule(byte[] answer, Dstate dstate) {
        long shutdown = number(answer, 1);
        long start = number(answer, 5);
        dstate.setinfo("ups.delay.shutdown", shutdown == 0xffffffffL ? USUAL_SHUTDOWN : shutdown);
        dstate.setinfo("ups.delay.start", start == 0xffffffffL ? 0 : start);
    }

    /// @throws IOException if the state is none that is known: better no status than a guess
    static void status(byte[] answer, Dstate dstate) throws IOException {
        int temperature = (answer[3] & 0xff) - TEMPERATURE_ZERO;
        dstate.setinfo("ups.temperature", temperature > 0 ? Integer.toString(temperature) : NOT_AVAILABLE);
        int state = answer[1] & 0xff;
        String words = switch (state) {
            case 0 -> "OL";
            case 1 -> "OB";
            case 2 -> "OB LB";
            case 3, 4 -> "OL BYPASS";
            default -> throw new IOException("the UPS is in a state that is not known: " + state);
        };
        dstate.statusInit();
        dstate.alarmInit();
        dstate.statusSet(words);
        int fault = answer[2] & 0xff;
        switch (fault) {
            case 0 -> {}
            case 1 -> dstate.statusSet("OVER");
            case 2 -> dstate.alarmSet("Overheated!");
            case 3 -> dstate.alarmSet("Hardware fault!");
            case 4 -> dstate.alarmSet("Battery charger failure!");
            case 5 -> dstate.statusSet("RB");
            default -> dstate.alarmSet("Unknown fault " + fault + "!");
        }
        dstate.alarmCommit();
        dstate.statusCommit();
    }

    static String testResult(int code) {
        return code < TEST_RESULTS.length
                ? TEST_RESULTS[code]
                : code == BAD_BATTERY ? "Bad battery pack: replace" : "Impossible to test";
    }

    private static void whole(String name, int value, Dstate dstate) {
        dstate.setinfo(name, value < 0 ? words(value) : Integer.toString(value));
    }

    private static void tenths(String name, int value, Dstate dstate) {
        dstate.setinfo(name, value < 0 ? words(value) : Numbers.fixed(value / TENTHS, 2));
    }

    private static String words(int value) {
        return value == OVERRANGE ? "overrange" : NOT_AVAILABLE;
    }

    /// A number of two bytes with sign, the lower one first.
    private static int word(byte[] answer, int at) {
        return answer[at + 1] << 8 | (answer[at] & 0xff);
    }

    /// A number of four bytes without sign.
    private static long number(byte[] answer, int at) {
        return (word(answer, at + 2) & 0xffffL) << 16 | (word(answer, at) & 0xffffL);
    }
}
