package org.nutjvm.cgi.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Control;
import org.nutjvm.cgi.ups.Login;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.state.Range;

/// Settings and commands by conversations with the servers.
public final class LiveControl implements Control {
    private static final int LONGEST_TEXT = 256;
    private static final String UNAVAILABLE = "Unavailable";

    /// How long the driver's answer to a command is waited for.
    private static final Duration OUTCOME = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Keyring keys;
    private final Duration connectTimeout;

    public LiveControl(Map<String, String> env) {
        this(env, new Keyring(env, System.err));
    }

    public LiveControl(Map<String, String> env, Keyring keys) {
        this.keys = keys;
        this.connectTimeout = LiveUpses.connectTimeout(env);
    }

    private interface Talk<T> {
        T with(UpsdClient client, String ups) throws NutException, UpsTrouble;
    }

    private <T> T talk(String ups, Talk<T> talk) throws UpsTrouble {
        UpsAddress address = Servers.address(ups);
        return talk(Servers.connect(address, connectTimeout, UpsdClient.READ_TIMEOUT, keys), address, talk);
    }

    /// As one who reads.
    private <T> T ask(String ups, Talk<T> talk) throws UpsTrouble {
        UpsAddress address = Servers.address(ups);
        return talk(Servers.reader(address, connectTimeout, UpsdClient.READ_TIMEOUT, keys), address, talk);
    }

    private static <T> T talk(UpsdClient connected, UpsAddress address, Talk<T> talk) throws UpsTrouble {
        try (connected) {
            T result = talk.with(connected, address.ups());
            connected.logout();
            return result;
        } catch (NutException e) {
            throw Servers.trouble(e);
        }
    }

    @Override
    public List<Setting> settings(String ups) throws UpsTrouble {
        return ask(ups, LiveControl::settings);
    }

    private static List<Setting> settings(UpsdClient client, String ups) throws NutException {
        var values = client.listRw(ups);
        var queries = new ArrayList<String[]>();
        for (String name : values.keySet()) {
            queries.add(new String[] {"DESC", ups, name});
            queries.add(new String[] {"TYPE", ups, name});
        }
        List<@Nullable List<String>> answers = client.getEach(queries);
        var settings = new ArrayList<Setting>();
        int i = 0;
        for (Map.Entry<String, String> value : values.entrySet()) {
            String name = value.getKey();
            settings.add(new Setting(
                    name,
                    description(answers.get(i)),
                    value.getValue(),
                    kind(client, ups, name, words(answers.get(i + 1)))));
            i += 2;
        }
        return settings;
    }

    private static List<String> words(@Nullable List<String> answer) {
        return answer == null ? List.of() : answer.subList(Math.min(3, answer.size()), answer.size());
    }

    private static String description(@Nullable List<String> answer) {
        List<String> words = words(answer);
        return words.isEmpty() || words.getFirst().equals(UNAVAILABLE) ? "" : words.getFirst();
    }

    private static Setting.Kind kind(UpsdClient client, String ups, String name, List<String> types)
            throws NutException {
        Setting.Kind kind = new Setting.Kind.Text(LONGEST_TEXT);
        for (String type : types) {
            String word = type.toUpperCase(Locale.ROOT);
            if (word.equals("ENUM")) {
                return new Setting.Kind.Choice(client.listEnum(ups, name));
            } else if (word.equals("RANGE")) {
                return new Setting.Kind.Numeric(ranges(client, ups, name));
            } else if (word.equals("NUMBER")) {
                kind = new Setting.Kind.Numeric(List.of());
            } else if (word.startsWith("STRING:")) {
                kind = new Setting.Kind.Text(Math.clamp(number(word.substring(7)), 1, LONGEST_TEXT));
            }
        }
        return kind;
    }

    private static List<Range> ranges(UpsdClient client, String ups, String name) throws NutException {
        var ranges = new ArrayList<Range>();
        for (List<String> row : client.list("RANGE", ups, name)) {
            if (row.size() >= 5) {
                ranges.add(new Range(number(row.get(3)), number(row.get(4))));
            }
        }
        return ranges;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public List<Command> commands(String ups) throws UpsTrouble {
        return ask(ups, LiveControl::commands);
    }

    private static List<Command> commands(UpsdClient client, String ups) throws NutException {
        List<String> names = client.listCmd(ups);
        var queries = new ArrayList<String[]>();
        for (String name : names) {
            queries.add(new String[] {"CMDDESC", ups, name});
        }
        List<@Nullable List<String>> answers = client.getEach(queries);
        var commands = new ArrayList<Command>();
        for (int i = 0; i < names.size(); i++) {
            commands.add(new Command(names.get(i), description(answers.get(i))));
        }
        return commands;
    }

    @Override
    public String instcmd(String ups, Login login, String command) throws UpsTrouble {
        return talk(ups, (client, name) -> {
            identify(client, login);
            boolean tracked = track(client);
            String id = client.instcmd(name, command, "");
            return tracked && !id.isEmpty() ? "OK, " + outcome(client, id) : "OK";
        });
    }

    /// Servers before 2.8.0 cannot tell what becomes of a command.
    private static boolean track(UpsdClient client) throws NutException {
        try {
            client.setTracking(true);
            return true;
        } catch (NutException e) {
            if (!e.answered()) {
                throw e;
            }
            return false;
        }
    }

    private static String outcome(UpsdClient client, String id) throws NutException, UpsTrouble {
        try {
            return awaitOutcome(client, id);
        } catch (NutException e) {
            if (!e.answered()) {
                throw e;
            }
            throw new UpsTrouble(UpsTrouble.Kind.REFUSED, "Instant command failed: " + e.detail());
        }
    }

    private static String awaitOutcome(UpsdClient client, String id) throws NutException {
        long deadline = System.nanoTime() + OUTCOME.toNanos();
        String outcome = client.tracking(id);
        while (outcome.startsWith("PENDING") && System.nanoTime() < deadline) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return outcome;
            }
            outcome = client.tracking(id);
        }
        return outcome;
    }

    @Override
    public List<Change> set(String ups, Login login, List<Wish> wishes) throws UpsTrouble {
        return talk(ups, (client, name) -> {
            identify(client, login);
            var changes = new ArrayList<Change>();
            for (Wish wish : wishes) {
                Change change = set(client, name, wish);
                if (change != null) {
                    changes.add(change);
                }
            }
            return changes;
        });
    }

    private static @Nullable Change set(UpsdClient client, String ups, Wish wish) throws NutException, UpsTrouble {
        String before = "";
        try {
            before = client.getVar(ups, wish.name());
            if (before.equals(wish.value())) {
                return null;
            }
            client.setVar(ups, wish.name(), wish.value());
            return new Change(wish.name(), before, wish.value(), true, "OK");
        } catch (NutException e) {
            UpsTrouble trouble = Servers.trouble(e);
            if (trouble.kind() == UpsTrouble.Kind.ACCESS) {
                throw trouble; // so it will be with the others
            }
            if (!e.answered()) {
                throw e;
            }
            return new Change(wish.name(), before, wish.value(), false, e.getMessage());
        }
    }

    /// The server believes it until a command needs to know.
    private static void identify(UpsdClient client, Login login) throws NutException {
        client.username(login.user());
        client.password(login.password());
    }
}
