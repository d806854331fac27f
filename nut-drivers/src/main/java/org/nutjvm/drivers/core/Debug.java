package org.nutjvm.drivers.core;

import java.util.Set;
import java.util.function.IntConsumer;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.Dstate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose word counts about how much is logged (drivers/main.c: assign_debug_level): a value set by the socket,
/// else the greater of the command line and ups.conf, where the section goes before the global part.
final class Debug {
    private static final Logger LOG = LoggerFactory.getLogger(Debug.class);

    private final int commandLine;
    private final IntConsumer apply;
    private int global = -1;
    private int section = -1;
    private int protocol = -1;

    /// @param commandLine how many `-D`, or what `NUT_DEBUG_LEVEL` says
    /// @param apply what makes the log follow
    Debug(int commandLine, IntConsumer apply) {
        this.commandLine = commandLine;
        this.apply = apply;
    }

    void global(String value) {
        int level = number(value);
        if (level < 0) {
            LOG.info("WARNING : Invalid debug_min value found in ups.conf global settings");
        } else {
            global = level;
        }
    }

    void section(String value) {
        int level = number(value);
        if (level < 0) {
            LOG.info("WARNING : Invalid debug_min value found in ups.conf for the driver");
        } else {
            section = level;
        }
    }

    /// Before ups.conf is read again: what is no longer in it, no longer counts.
    void forgetFiles() {
        global = -1;
        section = -1;
    }

    /// A value from the socket; below 0 the others count again.
    void protocol(int level) {
        protocol = Math.max(-1, level);
    }

    /// Makes it so and publishes it.
    void assign(Dstate dstate) {
        int level;
        if (protocol >= 0) {
            LOG.info(
                    "Applying debug level {} received during run-time via socket protocol, ignoring other settings",
                    protocol);
            level = protocol;
        } else {
            level = Math.max(commandLine, section >= 0 ? section : global);
        }
        level = Math.max(0, level);
        apply.accept(level);
        LOG.debug("debug level is '{}'", level);
        dstate.setinfo("driver.debug", level);
        dstate.setflags("driver.debug", Set.of(Variable.Flag.RW, Variable.Flag.NUMBER));
    }

    /// A whole text as a number from 0, or -1.
    static int number(String text) {
        try {
            return Math.max(-1, Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// The number a text begins with, 0 if none (atoi).
    static int leading(String text) {
        String bare = text.strip();
        int end = bare.startsWith("-") || bare.startsWith("+") ? 1 : 0;
        while (end < bare.length() && end < 10 && bare.charAt(end) >= '0' && bare.charAt(end) <= '9') {
            end++;
        }
        try {
            return Integer.parseInt(bare.substring(0, end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
