package org.nutjvm.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.state.DeviceTree;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.Lexer;
import org.nutjvm.drivers.spi.Dstate;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/// What has to hold whatever the input was.
public final class Must {
    private static final Pattern PLACE = Pattern.compile("([A-Za-z0-9.]+):(\\d+)");

    /// All status words that NUT knows.
    private static final Set<String> STATUS = Set.of(
            "OL",
            "OB",
            "LB",
            "HB",
            "RB",
            "CHRG",
            "DISCHRG",
            "BYPASS",
            "CAL",
            "OFF",
            "OVER",
            "TRIM",
            "BOOST",
            "FSD",
            "ALARM",
            "WAIT",
            "ECO",
            "TEST",
            "OVERHEAT",
            "COMMBAD",
            "SD");

    private Must() {}

    /// Says so when something does not hold.
    public static void hold(boolean it, String what) {
        if (!it) {
            throw new AssertionError(what);
        }
    }

    /// Has nothing logged from now on: it would be most of the time.
    public static void beQuiet() {
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers.getLogger("ROOT") instanceof Logger root) {
            root.setLevel(Level.OFF);
        }
    }

    /// Each complaint says where and what.
    public static void havePlaces(List<Complaint> complaints, String file, byte[] text) {
        long lines = lines(text);
        for (var complaint : complaints) {
            hold(complaint.file().equals(file), "file of " + complaint);
            hold(complaint.line() >= 0 && complaint.line() <= lines, "line of " + complaint);
            hold(!complaint.text().isBlank(), "text of " + complaint);
            hold(printable(complaint.text()), "a log line of it: " + complaint);
        }
    }

    /// Each complaint ends with a place in the file.
    public static void sayPlaces(List<String> complaints, String file, byte[] text) {
        long lines = lines(text);
        for (String complaint : complaints) {
            var place = PLACE.matcher(complaint);
            boolean found = false;
            while (place.find()) {
                found |= place.group(1).equals(file) && Long.parseLong(place.group(2)) <= lines;
            }
            hold(found, "where? " + complaint);
        }
    }

    private static long lines(byte[] text) {
        return 1
                + new String(text, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /// Whether nothing in it could begin a line of its own or steer a terminal.
    public static boolean printable(String text) {
        return text.chars().allMatch(c -> (c >= ' ' && (c < 0x80 || c > 0x9f)) || c == '\t');
    }

    /// What a driver publishes arrives: a server that reads the dump knows the same variables and commands, none
    /// more, and values lose nothing but what is not ASCII.
    public static void arrive(Dstate dstate) {
        var sent = new ArrayList<String>();
        dstate.dump(line -> sent.add(line.text()));
        var lexer = new Lexer();
        var heard = new DeviceTree();
        for (String line : sent) {
            hold(line.indexOf('\n') < 0, "a line break in: " + line);
            for (byte b : (line + '\n').getBytes(StandardCharsets.ISO_8859_1)) {
                switch (lexer.feed(b)) {
                    case LINE -> heard.apply(DriverLine.of(lexer.words()));
                    case ERROR -> throw new AssertionError("nobody can read: " + line);
                    case MORE -> {}
                }
            }
        }
        var tree = dstate.tree();
        hold(
                heard.vars().keySet().equals(tree.vars().keySet()),
                "names: " + heard.vars().keySet() + tree.vars());
        hold(heard.cmds().equals(tree.cmds()), "commands: " + tree.cmds());
        tree.vars().forEach((name, variable) -> {
            String value = variable.value();
            hold(value.length() <= 255, "length of " + name);
            String said = String.valueOf(heard.value(name));
            hold(said.equals(ascii(value)), name + " is '" + value + "' and arrives as '" + said + "'");
        });
    }

    private static String ascii(String text) {
        // The encoder makes a question mark of what Latin-1 does not have, and readers drop the rest of what is not
        // ASCII.
        var kept = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c > 0xff) {
                kept.append('?');
            } else if (c >= 0x20 && c <= 0x7f) {
                kept.append((char) c);
            }
        });
        return kept.toString();
    }

    /// The status is made of NUT's words, each once, and does not contradict itself.
    public static void beStatus(Dstate dstate) {
        var words = beWords(dstate);
        hold(!(words.contains("OL") && words.contains("OB")), "OL and OB in " + words);
    }

    /// The status is made of NUT's words, each once.
    ///
    /// @return the words
    public static List<String> beWords(Dstate dstate) {
        String status = dstate.getinfo("ups.status");
        if (status == null || status.isEmpty()) {
            return List.of();
        }
        var words = List.of(status.split(" ", -1));
        hold(STATUS.containsAll(words), "status '" + status + "'");
        hold(Set.copyOf(words).size() == words.size(), "twice in '" + status + "'");
        return words;
    }
}
