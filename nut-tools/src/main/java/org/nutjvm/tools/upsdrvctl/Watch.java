package org.nutjvm.tools.upsdrvctl;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.tools.drivers.ManagedUps;

/// Several drivers in the foreground, as children of this process, which stays as long as all of them do
/// (drivers/upsdrvctl.c: main, after the start). One that ends by itself takes all others with it, so that whoever
/// watches this process starts everything anew; after `reload-or-exit` one that ends is started again.
final class Watch {
    /// How long after such a signal the end of a driver is put down to it.
    private static final Duration EXCUSE = Duration.ofSeconds(60);

    private static final int GRACE_SECONDS = 5;

    /// The exit code of a driver that ends on SIGUSR1.
    private static final int ENDED_BY_USR1 = 128 + 10;

    private sealed interface Event {
        record Ended(ManagedUps ups, Process driver) implements Event {}

        record Told(DriverCommand command) implements Event {}

        record Leave() implements Event {}
    }

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<ManagedUps, Process> drivers = new LinkedHashMap<>();
    private final Report report;

    Watch(Report report) {
        this.report = report;
    }

    /// Ends everything; from any thread.
    void leave() {
        events.add(new Event.Leave());
    }

    /// Passes a command on to all drivers, as a signal; from any thread.
    void tell(DriverCommand command) {
        events.add(new Event.Told(command));
    }

    /// Watches over drivers until told to leave or one of them ends.
    ///
    /// @param running those that run
    /// @param starter starts one again and puts its process into `running`
    /// @return the exit code
    int over(Map<ManagedUps, Process> running, Consumer<ManagedUps> starter) throws InterruptedException {
        running.forEach(this::follow);
        long lastDangerous = System.nanoTime() - EXCUSE.toNanos() - 1;
        while (true) {
            switch (events.take()) {
                case Event.Leave _ -> {
                    stopAll();
                    return 0;
                }
                case Event.Told(var command) -> {
                    if (command == DriverCommand.RELOAD_OR_EXIT) {
                        lastDangerous = System.nanoTime();
                    }
                    drivers.values().forEach(driver -> signal(driver, command));
                }
                case Event.Ended(var ups, var driver) -> {
                    if (!driver.equals(drivers.get(ups))) {
                        continue;
                    }
                    drivers.remove(ups);
                    int code = driver.exitValue();
                    if (System.nanoTime() - lastDangerous <= EXCUSE.toNanos() || code == ENDED_BY_USR1) {
                        report.log()
                                .notice("Driver [" + ups.driver() + "] for [" + ups.name()
                                        + "] exited soon after reload-or-exit, restarting it");
                        starter.accept(ups);
                        Process again = running.get(ups);
                        if (again != null && !again.equals(driver)) {
                            follow(ups, again);
                            continue;
                        }
                    }
                    stopAll();
                    report.error("Driver [" + ups.driver() + "] for [" + ups.name() + "] exited with code " + code);
                    report.log()
                            .error("At least one tracked driver running in foreground mode has exited, stopping"
                                    + " upsdrvctl (and other tracked drivers) so the bundle can be restarted by system"
                                    + " properly");
                    return 1;
                }
            }
        }
    }

    private void follow(ManagedUps ups, Process driver) {
        drivers.put(ups, driver);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                driver.waitFor();
                events.add(new Event.Ended(ups, driver));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void signal(Process driver, DriverCommand command) {
        var sent = PidFile.send(driver.pid(), command.signal(), List.of(), Map.of());
        if (!sent.sent()) {
            report.log().error("Signalling PID " + driver.pid() + " failed: " + sent.message());
        }
    }

    private void stopAll() throws InterruptedException {
        drivers.values().forEach(Process::destroy);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        for (Process driver : drivers.values()) {
            if (!driver.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                report.log().error("Stopping PID " + driver.pid() + " failed, retrying harder");
                driver.destroyForcibly().waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
            }
        }
        drivers.clear();
    }
}
