package org.nutjvm.drivers.core;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the state socket (drivers/dstate.c: sock_arg; drivers/main.c: main_instcmd, main_setvar,
/// upsdrv_shutdown_sdcommands_or_default): what every driver knows itself, then the driver.
final class Commands implements DriverSocket.Requests {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final String SHUTDOWN_DEFAULT = "shutdown.default";

    private final Driver driver;
    private final Dstate dstate;
    private final Settings settings;
    private final Control control;
    private final Supplier<Outcome> reloadNow;

    /// @param reloadNow what `driver.reload-or-error` runs to have an answer at once
    Commands(Driver driver, Dstate dstate, Settings settings, Control control, Supplier<Outcome> reloadNow) {
        this.driver = driver;
        this.dstate = dstate;
        this.settings = settings;
        this.control = control;
        this.reloadNow = reloadNow;
    }

    @Override
    public void handle(Connection from, DriverRequest request) {
        LOG.trace("{}: {}", from, request);
        switch (request) {
            case DriverRequest.Ping() -> from.send(new DriverLine.Pong());
            case DriverRequest.GetPid() ->
                from.send(
                        new DriverLine.Pid(Long.toString(ProcessHandle.current().pid())));
            case DriverRequest.DumpAll() -> {
                dstate.dump(from::send);
                from.dumped();
            }
            case DriverRequest.DumpStatus() -> dstate.dump("ups.status", from::send);
            case DriverRequest.DumpValue(var name) -> dstate.dump(name, from::send);
            case DriverRequest.Broadcast(var on) -> from.broadcast(on);
            case DriverRequest.Instcmd(var cmd, var param, var id) -> report(from, id, instcmd(cmd, param));
            case DriverRequest.Set(var name, var value, var id) -> report(from, id, setvar(name, value));
            case DriverRequest.Logout() -> {
                from.send(new DriverLine.Goodbye());
                from.goodbye();
            }
            case DriverRequest.Unknown(var words) -> LOG.info("Unknown command on socket: {}", words);
        }
    }

    private static void report(Connection to, Optional<String> id, Outcome outcome) {
        if (id.isPresent()) {
            to.send(new DriverLine.Tracking(id.get(), outcome.code()));
        }
    }

    Outcome instcmd(String cmd, Optional<String> param) {
        LOG.debug("Starting instcmd('{}', '{}')", cmd, param.orElse("<null>"));
        return switch (cmd) {
            case SHUTDOWN_DEFAULT -> attempt("instcmd", cmd, driver::shutdown);
            case "driver.killpower" -> killpower();
            case "driver.exit" -> {
                control.exit(Control.EXIT_SUCCESS);
                yield Outcome.HANDLED;
            }
            case "driver.reload" -> {
                control.reload(Control.Reload.POSSIBLE);
                yield Outcome.HANDLED;
            }
            case "driver.reload-or-exit" -> {
                control.reload(Control.Reload.OR_EXIT);
                yield Outcome.HANDLED;
            }
            case "driver.reload-or-error" -> reloadNow.get();
            default -> {
                powerState(cmd, param);
                Outcome outcome = attempt("instcmd", cmd, () -> driver.instcmd(cmd, param));
                result(outcome, cmd, param.orElse("<null>"));
                yield outcome;
            }
        };
    }

    Outcome setvar(String name, String value) {
        LOG.debug("Starting setvar('{}', '{}')", name, value);
        return switch (name) {
            case "driver.debug" -> debug(value);
            case "driver.flag.allow_killpower" -> {
                dstate.setinfo(name, yes(value) ? "1" : "0");
                yield Outcome.HANDLED;
            }
            default -> {
                Outcome outcome = attempt("setvar", name, () -> driver.setvar(name, value));
                if (outcome != Outcome.HANDLED) {
                    LOG.warn("setvar: {}: [{}] for variable [{}]", phrase(outcome), value, name);
                }
                yield outcome;
            }
        };
    }

    private Outcome debug(String value) {
        try {
            settings.debug().protocol(Integer.parseInt(value.strip()));
        } catch (NumberFormatException e) {
            LOG.debug("Error: UPS [{}]: invalid driver.debug value: {}", settings.upsname(), value);
            return Outcome.INVALID;
        }
        settings.debug().assign(dstate);
        return Outcome.HANDLED;
    }

    private static boolean yes(String value) {
        if (value.startsWith("enable") || value.equals("true") || value.equals("yes") || value.equals("on")) {
            return true;
        }
        try {
            return Integer.parseInt(value.strip()) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Outcome killpower() {
        if (!"1".equals(dstate.getinfo("driver.flag.allow_killpower"))) {
            LOG.error(
                    Priority.CRIT,
                    "Got socket protocol request for UPS [{}] to power off, but driver.flag.allow_killpower does not "
                            + "permit this - request was currently ignored!",
                    settings.upsname());
            return Outcome.INVALID;
        }
        LOG.error(
                Priority.CRIT,
                "Requesting UPS [{}] to power off, as/if handled by its driver by default (may exit), "
                        + "due to socket protocol request",
                settings.upsname());
        dstate.setinfo("driver.state", "fsd.killpower");
        Outcome outcome = shutdown();
        dstate.setinfo("driver.state", "quiet");
        return outcome;
    }

    /// Tries what `sdcommands` says, or the driver's own shutdown, until one works, and then has the program end.
    Outcome shutdown() {
        String list = settings.sdcommands();
        String done = firstHandled(list == null ? SHUTDOWN_DEFAULT : list);
        if (done == null) {
            LOG.error("UPS [{}]: shutdown request(s) failed", settings.upsname());
            control.exit(Control.EXIT_FAILURE);
            return Outcome.FAILED;
        }
        LOG.error(Priority.CRIT, "UPS [{}]: shutdown request was successful with '{}'", settings.upsname(), done);
        control.exit(Control.EXIT_SUCCESS);
        return Outcome.HANDLED;
    }

    private @Nullable String firstHandled(String list) {
        int from = 0;
        while (from <= list.length()) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            String cmd = list.substring(from, to).strip();
            from = to + 1;
            if (!cmd.isEmpty()) {
                Outcome outcome = cmd.equals(SHUTDOWN_DEFAULT)
                        ? attempt("shutdown", cmd, driver::shutdown)
                        : attempt("shutdown", cmd, () -> driver.instcmd(cmd, Optional.empty()));
                if (outcome == Outcome.HANDLED) {
                    return cmd;
                }
                result(outcome, cmd, "<null>");
            }
        }
        return null;
    }

    private interface Attempt {
        Outcome run() throws IOException;
    }

    private static Outcome attempt(String what, String name, Attempt attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            LOG.error("{}: FAILED [{}]: {}", what, name, String.valueOf(e.getMessage()));
            return Outcome.FAILED;
        }
    }

    /// Commands that may take the load's power are told to everybody (drivers/upshandler.h:
    /// upslog_INSTCMD_POWERSTATE_CHECKED).
    private void powerState(String cmd, Optional<String> param) {
        boolean maybe = cmd.startsWith("shutdown.stop")
                || cmd.startsWith("load.on")
                || cmd.startsWith("test.battery.st")
                || cmd.startsWith("test.failure.st")
                || cmd.startsWith("test.system.st")
                || cmd.startsWith("calibrate.st")
                || cmd.startsWith("bypass.st");
        boolean surely = cmd.startsWith("shutdown.")
                || cmd.startsWith("load.off")
                || cmd.startsWith("load.cycle")
                || (cmd.startsWith("outlet.") && (cmd.contains("shutdown.") || cmd.contains("load")));
        if (maybe || surely) {
            LOG.error(
                    Priority.CRIT,
                    maybe
                            ? "instcmd: attempting an operation [{}] [{}] which may impact power state on [{}]"
                            : "instcmd: attempting a power state change operation [{}] [{}] on [{}]",
                    cmd,
                    param.orElse("<null>"),
                    settings.upsname());
        }
    }

    private static void result(Outcome outcome, String cmd, String param) {
        switch (outcome) {
            case HANDLED -> {}
            case UNKNOWN -> LOG.warn("instcmd: unknown command [{}] [{}]", cmd, param);
            case INVALID -> LOG.warn("instcmd: parameter [{}] is invalid for command [{}]", param, cmd);
            case FAILED -> LOG.error("instcmd: FAILED command [{}] [{}]", cmd, param);
            case CONVERSION_FAILED ->
                LOG.error("instcmd: parameter value [{}] is invalid for command [{}]", param, cmd);
        }
    }

    private static String phrase(Outcome outcome) {
        return switch (outcome) {
            case UNKNOWN -> "unknown variable";
            case INVALID -> "value is invalid";
            default -> outcome.name().toLowerCase(Locale.ROOT);
        };
    }
}
