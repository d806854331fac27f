package org.nutjvm.tools.nutconf;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nutjvm.common.conf.Values;
import org.nutjvm.common.io.Reasons;

/// A search for devices, which nut-scanner does: what nutconf's option asks of it (times are microseconds here and
/// whole seconds there), and what it has found in nutconf's form.
///
/// @param arguments nut-scanner's
record Scan(List<String> arguments) {
    /// Each option with the fewest and the most values it takes.
    static final Map<String, int[]> COUNTS = Map.of(
            "--scan-usb", new int[] {0, 0},
            "--scan-snmp", new int[] {2, Integer.MAX_VALUE},
            "--scan-xml-http", new int[] {0, 1},
            "--scan-nut", new int[] {3, 4},
            "--scan-avahi", new int[] {0, 1},
            "--scan-ipmi", new int[] {2, Integer.MAX_VALUE},
            "--scan-serial", new int[] {0, Integer.MAX_VALUE});

    private static final Map<String, String> SNMP = Map.of(
            "timeout", "-t",
            "community", "-c",
            "sec-level", "-l",
            "sec-name", "-u",
            "auth-password", "-W",
            "priv-password", "-X",
            "auth-protocol", "-w",
            "priv-protocol", "-x");
    private static final Map<String, String> IPMI =
            Map.of("username", "-b", "password", "-B", "auth-type", "-d", "cipher-suite-id", "-L");
    /// What C's library takes and its nut-scanner has no option for.
    private static final List<String> UNASKABLE =
            List.of("peer-name", "K-g-BMC-key", "priv-level", "workaround-flags", "version");

    private static final int MICROSECONDS = 1_000_000;
    private static final int MOST_BYTES = 4 << 20;

    /// What an option asks for.
    static Scan of(String option, List<String> values) throws Wrong {
        var words = new ArrayList<>(List.of("-q", "-P"));
        switch (option) {
            case "--scan-usb" -> words.add("-U");
            case "--scan-xml-http" -> words.add("-M");
            case "--scan-avahi" -> words.add("-A");
            case "--scan-serial" -> words.addAll(List.of("-E", values.isEmpty() ? "auto" : String.join(" ", values)));
            case "--scan-nut" -> {
                range(words, "-O", values);
                words.addAll(List.of("-p", values.get(2)));
            }
            case "--scan-snmp" -> {
                range(words, "-S", values);
                attributes(words, "SNMP", SNMP, values.subList(2, values.size()));
            }
            default -> {
                range(words, "-I", values);
                attributes(words, "IPMI", IPMI, values.subList(2, values.size()));
            }
        }
        int timeout = option.equals("--scan-nut") ? 3 : 0;
        if (List.of("--scan-nut", "--scan-xml-http", "--scan-avahi").contains(option) && values.size() > timeout) {
            words.addAll(List.of("-t", seconds(values.get(timeout))));
        }
        return new Scan(List.copyOf(words));
    }

    private static void range(List<String> words, String bus, List<String> values) {
        words.addAll(List.of(bus, "-s", values.get(0), "-e", values.get(1)));
    }

    private static void attributes(List<String> words, String bus, Map<String, String> known, List<String> values)
            throws Wrong {
        for (String value : values) {
            int equals = value.indexOf('=');
            String name = equals < 0 ? "" : value.substring(0, equals);
            String flag = known.get(name);
            if (equals < 0) {
                throw new Wrong("Invalid " + bus + " attribute specification: \"" + value + '"');
            } else if (flag != null) {
                String meant = value.substring(equals + 1);
                words.addAll(List.of(flag, name.equals("timeout") ? seconds(meant) : meant));
            } else if (UNASKABLE.contains(name)) {
                throw new Wrong("nut-scanner, which does the scan, has no option for " + name);
            } else {
                throw new Wrong("Unknown " + bus + " attribute: \"" + name + '"');
            }
        }
    }

    private static String seconds(String microseconds) throws Wrong {
        var number = Values.number(microseconds);
        if (number.isEmpty() || number.getAsInt() < 1) {
            throw new Wrong("Invalid timeout specification: \"" + microseconds + "\" (microseconds)");
        }
        return Integer.toString((int) (((long) number.getAsInt() + MICROSECONDS - 1) / MICROSECONDS));
    }

    /// The program: of this tree, or of the PATH.
    static Path program(Map<String, String> env) throws Wrong {
        var places = new ArrayList<Path>();
        String home = System.getProperty("nut.home", "");
        if (!home.isEmpty()) {
            places.add(Path.of(home, "bin"));
            places.add(Path.of(home, "sbin"));
        }
        for (String directory : env.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            places.add(Path.of(directory));
        }
        for (Path place : places) {
            Path program = place.resolve("nut-scanner");
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return program.toAbsolutePath();
            }
        }
        throw new Wrong("devices are looked for by nut-scanner, and there is none (looked in " + places + ")");
    }

    /// Runs it and shows what it finds.
    ///
    /// @param verbose whether all is shown of a device and not just its driver and port
    /// @throws Wrong if it cannot be run or fails; what it says itself goes to standard error
    void run(Path program, boolean verbose, PrintStream out) throws Wrong {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
            byte[] found;
            try (InputStream output = process.getInputStream()) {
                found = output.readNBytes(MOST_BYTES);
            }
            int code = process.waitFor();
            show(new String(found, StandardCharsets.UTF_8), verbose, out);
            if (code != 0) {
                throw new Wrong(program + " failed with exit code " + code);
            }
        } catch (IOException e) {
            throw new Wrong("Can't run " + program + ": " + Reasons.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Wrong("interrupted while " + program + " ran");
        }
    }

    /// What nut-scanner says in its parsable form, a line `TYPE:driver="...",port="...",key="...",flag` for each
    /// device, the way nutconf says it.
    static void show(String found, boolean verbose, PrintStream out) {
        int number = 0;
        for (String line : found.split("\n", -1)) {
            int colon = line.indexOf(':');
            var options = new TreeMap<>(options(line.substring(colon + 1)));
            if (colon <= 0 || !options.containsKey("driver")) {
                continue; // nothing, or what it says of a bus
            }
            number++;
            if (verbose) {
                String digits = Integer.toString(number);
                out.println("[device_type_" + line.substring(0, colon) + "_no_"
                        + "0".repeat(Math.max(0, 3 - digits.length())) + digits + "]");
                options.forEach((name, value) -> out.println("\t" + name + " = " + ConfLineText.quoted(value)));
                out.println();
            } else {
                out.println(line.substring(0, colon)
                        + ' '
                        + options.get("driver")
                        + ' '
                        + options.getOrDefault("port", ""));
            }
        }
    }

    private static Map<String, String> options(String text) {
        var options = new TreeMap<String, String>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf("=\"", at);
            int comma = text.indexOf(',', at);
            if (equals < 0 || (comma >= 0 && comma < equals)) { // a flag
                int end = comma < 0 ? text.length() : comma;
                options.put(text.substring(at, end), "");
                at = end + 1;
            } else {
                var value = new StringBuilder();
                int end = value(text, equals + 2, value);
                options.put(text.substring(at, equals), value.toString());
                at = end + 2;
            }
        }
        return options;
    }

    /// Takes a value up to its closing quotation mark. Our nut-scanner puts a backslash before marks inside of it; C's
    /// does not, but there the closing one is followed by a comma and the next name.
    ///
    /// @return where the closing mark is
    private static int value(String text, int begin, StringBuilder value) {
        int at = begin;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && "\"\\#".indexOf(text.charAt(at + 1)) >= 0) {
                value.append(text.charAt(at + 1));
                at += 2;
            } else if (c == '"' && endsThere(text, at + 1)) {
                return at;
            } else {
                value.append(c);
                at++;
            }
        }
        return at;
    }

    private static boolean endsThere(String text, int after) {
        return after >= text.length()
                || (text.charAt(after) == ','
                        && (after + 1 >= text.length() || Character.isLetter(text.charAt(after + 1))));
    }
}
