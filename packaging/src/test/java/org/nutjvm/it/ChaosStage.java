package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.opentest4j.AssertionFailedError;

/// A master (driver, server, upsmon as primary) and three secondaries, two of them each at the end of a cable, with
/// C's programs and ours mixed; a very small disk under STATEPATH, and a clock that can be set for all of them.
final class ChaosStage implements AutoCloseable {
    static final String UPS = "ups";
    static final int DEADTIME = 12;
    static final int HOSTSYNC = 6;
    static final int MAXAGE = 5;

    /// Nothing of what was done lasts longer than this once it is over.
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    /// The same where clocks are set: a JVM takes ten times as long to start then, on however busy a machine.
    private static final Duration SLOW_RECOVERY = Duration.ofMinutes(5);

    /// What a run-time may open or start once and keep.
    private static final int A_FEW = 5;

    private static final long GROWTH_KB = 40 * 1024;

    private static final List<Path> FAKETIME = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/arm-linux-gnueabihf/faketime/libfaketimeMT.so.1"));

    private final SplittableRandom random;
    private final List<Cable> cables = new ArrayList<>();
    private final Stack stack;
    private final List<Upsmon> upsmons = new ArrayList<>();
    private final List<Maker> makers = new ArrayList<>();
    private final Map<Long, Vitals> first = new HashMap<>();
    private final Map<String, Long> growth;
    private final Path disk;
    private final boolean clock;
    private int restarted;

    /// Sets the stage and waits until all is well.
    ///
    /// @param setsClock whether the clock may be set; with that programs take several times as long to start
    /// @param growth takes the greatest growth of memory seen, in kB, by program
    @SuppressWarnings("this-escape")
    ChaosStage(SplittableRandom random, boolean setsClock, Map<String, Long> growth) {
        this.random = random;
        this.growth = growth;
        boolean oursServes = random.nextInt(3) > 0;
        boolean oursDrives = random.nextInt(3) > 0;
        stack = new Stack(new Roles(oursServes ? Maker.OURS : Maker.C, oursDrives ? Maker.OURS : Maker.C));
        try {
            cables.add(new Cable());
            cables.add(new Cable());
            clock = setsClock && useClock();
            stack.patience(recovery());
            configure();
            stack.roles().server().program("upsd");
            stack.roles().driver().program("dummy-ups");
            disk = stack.box().smallDiskUnderStatePath(64);
            stack.startDriver(UPS);
            stack.startUpsd();
            stack.awaitUps(UPS);
            makers.add(random.nextInt(4) > 0 ? Maker.OURS : Maker.C);
            makers.add(Maker.C);
            makers.add(Maker.OURS);
            makers.add(random.nextBoolean() ? Maker.OURS : Maker.C);
            for (int i = 0; i < makers.size(); i++) {
                upsmons.add(upsmon(i));
            }
            settle();
        } catch (RuntimeException | Error e) {
            Sandbox.showLogs();
            close();
            throw e;
        }
    }

    private Duration recovery() {
        return clock ? SLOW_RECOVERY : RECOVERY;
    }

    private boolean useClock() {
        Optional<Path> library = FAKETIME.stream().filter(Files::exists).findFirst();
        if (library.isEmpty()) {
            return false;
        }
        setClock(0);
        stack.box().environment("LD_PRELOAD", library.get().toString());
        stack.box().environment("FAKETIME_TIMESTAMP_FILE", clockFile().toString());
        stack.box().environment("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        stack.box().environment("FAKETIME_CACHE_DURATION", "1");
        return true;
    }

    private void configure() {
        var box = stack.box();
        box.write(
                "ups.conf",
                stack.globals()
                        + "pollinterval = 1\n[ups]\n  driver = dummy-ups\n  port = ups.dev\n  mode = dummy-once\n");
        box.write("ups.dev", "ups.status: OL\nbattery.charge: 100\n");
        var listen = new StringBuilder(stack.listen())
                .append("MAXAGE ")
                .append(MAXAGE)
                .append('\n');
        for (var cable : cables) {
            listen.append("LISTEN ")
                    .append(cable.here())
                    .append(' ')
                    .append(stack.port())
                    .append('\n');
        }
        box.write("upsd.conf", listen.toString());
    }

    private Upsmon upsmon(int i) {
        boolean far = i == 1 || i == 2;
        String monitor = Upsmon.monitor(stack, UPS, i == 0 ? "primary" : "secondary");
        if (far) {
            monitor = monitor.replace("127.0.0.1", cables.get(i - 1).here());
        }
        return new Upsmon(
                stack,
                makers.get(i),
                far ? cables.get(i - 1).inside() : List.of(),
                (i == 0 ? "primary" : "secondary" + i) + "-" + makers.get(i),
                monitor,
                "DEADTIME " + DEADTIME,
                "HOSTSYNC " + HOSTSYNC);
    }

    /// Who plays what.
    String cast() {
        return stack.roles() + ", primary " + makers.getFirst() + ", secondaries " + makers.subList(1, makers.size())
                + (clock ? "" : ", its own clock");
    }

    SplittableRandom random() {
        return random;
    }

    Stack stack() {
        return stack;
    }

    List<Upsmon> upsmons() {
        return upsmons;
    }

    Cable cable() {
        return cables.get(random.nextInt(cables.size()));
    }

    List<Cable> cables() {
        return cables;
    }

    Upsmon anyUpsmon() {
        return upsmons.get(random.nextInt(upsmons.size()));
    }

    boolean hasClock() {
        return clock;
    }

    int restarted() {
        return restarted;
    }

    private Path clockFile() {
        return stack.box().dir().resolve("clock");
    }

    /// Sets the wall clock of all programs so many seconds off.
    void setClock(long seconds) {
        try {
            Path next = stack.box().dir().resolve("clock.next");
            Files.writeString(next, (seconds < 0 ? "-" : "+") + Math.abs(seconds) + "\n");
            Files.move(next, clockFile(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Leaves no byte on the disk under STATEPATH.
    void fillDisk() {
        try {
            for (int i = 0; i < 4096; i++) {
                Files.write(disk.resolve("fill"), new byte[64], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            return; // full
        }
        throw new AssertionFailedError("the disk does not get full");
    }

    void freeDisk() {
        try {
            Files.deleteIfExists(disk.resolve("fill"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets time pass.
    void pass(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        Await.until("time", () -> System.nanoTime() - end > 0);
    }

    /// Changes the device's status. C's dummy-ups 2.8.0 may crash at that when its server was replaced, and is started
    /// again.
    void status(String words) {
        Await.until("the status is " + words + ": " + cast(), recovery(), () -> {
            assertUp();
            revive();
            return set(words);
        });
    }

    /// Changes the device's status for the end: whoever goes down for it may do so at once.
    void last(String words) {
        Await.until("the status is " + words + " at last: " + cast(), recovery(), () -> {
            if (!stack.driver(UPS).alive()) {
                mayEnd(stack.roles().driver(), stack.driver(UPS));
                stack.startDriver(UPS);
            }
            return set(words) || stack.ask("GET VAR ups ups.status").endsWith(" " + words + '"');
        });
    }

    private boolean set(String words) {
        try (var wire = stack.wire().login("admin", "mypass")) {
            if (wire.ask("GET VAR ups ups.status").equals("VAR ups ups.status \"" + words + '"')) {
                return true;
            }
            wire.ask("SET VAR ups ups.status \"" + words + '"');
        } catch (UncheckedIOException e) {
            return false; // the server is just coming back
        }
        pass(200);
        return false;
    }

    /// Waits until all is as it was, and checks that nobody went down, hangs, or holds more than before.
    void settle() {
        Await.until("all is well again: " + cast(), recovery(), () -> {
            assertUp();
            revive();
            return serves() && upsmons.stream().allMatch(ChaosStage::hears);
        });
        assertUp();
        vitals();
    }

    /// Nobody has called for a shutdown.
    void assertUp() {
        for (var upsmon : upsmons) {
            if (!upsmon.downs().isEmpty()) {
                throw new AssertionFailedError(
                        "FALSE SHUTDOWN of " + upsmon.proc().name());
            }
        }
    }

    /// C's programs are known to end when a neighbour does, and are started again as systemd would; ours are not.
    private void revive() {
        if (!stack.driver(UPS).alive()) {
            mayEnd(stack.roles().driver(), stack.driver(UPS));
            stack.startDriver(UPS);
        }
        if (!stack.upsd().alive()) {
            mayEnd(stack.roles().server(), stack.upsd());
            stack.startUpsd();
        }
        for (int i = 0; i < upsmons.size(); i++) {
            if (!upsmons.get(i).proc().alive()) {
                mayEnd(makers.get(i), upsmons.get(i).proc());
                upsmons.get(i).again();
            }
        }
    }

    private void mayEnd(Maker maker, Proc proc) {
        if (maker == Maker.OURS) {
            throw new AssertionFailedError(proc.name() + " ended by itself with " + proc.exit());
        }
        restarted++;
    }

    private boolean serves() {
        try {
            String status = stack.ask("GET VAR ups ups.status");
            String logins = stack.ask("GET NUMLOGINS ups");
            return status.startsWith("VAR ups ups.status \"OL")
                    && logins.startsWith("NUMLOGINS ups ")
                    && Integer.parseInt(logins.substring(14)) >= upsmons.size();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /// Whether the last it said of its connection is good.
    private static boolean hears(Upsmon upsmon) {
        String notices = upsmon.notices();
        return notices.lastIndexOf(" COMMOK ") >= notices.lastIndexOf(" COMMBAD ")
                && notices.lastIndexOf(" ONLINE ") >= notices.lastIndexOf(" ONBATT ");
    }

    /// All processes, by what they are.
    Map<String, Proc> processes() {
        var all = new TreeMap<String, Proc>();
        all.put(stack.roles().driver() + " dummy-ups", stack.driver(UPS));
        all.put(stack.roles().server() + " upsd", stack.upsd());
        for (int i = 0; i < upsmons.size(); i++) {
            all.put(makers.get(i) + " upsmon " + i, upsmons.get(i).proc());
        }
        return all;
    }

    /// What each holds, against what it held when it was first seen in peace. What is being closed has its time.
    private void vitals() {
        processes().forEach((what, proc) -> {
            var now = Vitals.of(proc.pid());
            var before = first.putIfAbsent(proc.pid(), now);
            if (before == null) {
                return;
            }
            growth.merge(what.replaceAll(" \\d", ""), now.rssKb() - before.rssKb(), Math::max);
            Await.value(
                    what + " holds no more than before: " + before,
                    recovery(),
                    () -> Vitals.of(proc.pid()),
                    v -> v.descriptors() <= before.descriptors() + A_FEW
                            && v.threads() <= before.threads() + A_FEW
                            && v.rssKb() <= before.rssKb() + GROWTH_KB
                            && v.zombies() == 0);
        });
    }

    @Override
    public void close() {
        try {
            upsmons.forEach(Upsmon::close);
        } finally {
            stack.close();
            cables.forEach(Cable::close);
            forgetClocks();
        }
    }

    /// libfaketime leaves two files of shared memory, named by its number, for each process that is killed.
    private static void forgetClocks() {
        try (var files = Files.newDirectoryStream(Path.of("/dev/shm"), "*faketime_s*_*")) {
            for (Path file : files) {
                String pid = file.toString().replaceFirst(".*_", "");
                if (!Files.exists(Path.of("/proc", pid))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // a system without
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
