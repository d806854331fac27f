package org.nutjvm.drivers.snmp.mapping;

import org.jspecify.annotations.Nullable;

/// One line of a mapping: what an object of the agent means in NUT, or what a variable is without asking.
///
/// @param kind what it makes
/// @param name of the variable, command or alarm, with the place of its scope in it
/// @param scope what it is repeated for
/// @param oid where to ask; null for what is fixed
/// @param value of something fixed, with the place of its scope; what a command writes, where `{offdelay}` and
///     `{ondelay}` stand for the delays that are set; empty where there is none
/// @param length the longest text that may be set
/// @param scale what a number of the agent is multiplied with
/// @param decimals digits after the point to print always, or -1 for as many as are needed and no more than two
/// @param table what codes mean, or null
/// @param often when it is asked
/// @param rw whether it may be set
/// @param sole whether it, once there, silences all other lines of this name
/// @param invalid answers that mean there is none
/// @param phases for how many phases of which side it is meant, or null when for any
/// @param write as what it is written
/// @param convert how an answer is turned into a value
/// @param firstDevice whether only the first device of a daisy chain has it
/// @param adjustable whether a command takes a parameter in place of its value
/// @param optional whether a command works without this step, on devices that lack the object
/// @param celsiusWhen an object that says 1 when degrees are Celsius and not Fahrenheit, or null
/// @param line where it stands in its file
public record Entry(
        Kind kind,
        String name,
        Scope scope,
        @Nullable OidTemplate oid,
        String value,
        int length,
        double scale,
        int decimals,
        @Nullable ValueTable table,
        Often often,
        boolean rw,
        boolean sole,
        Invalid invalid,
        @Nullable Phases phases,
        Write write,
        Convert convert,
        boolean firstDevice,
        boolean adjustable,
        boolean optional,
        @Nullable Oid celsiusWhen,
        int line) {
    /// What a line makes.
    public enum Kind {
        TEXT,
        NUMBER,
        /// A variable that is not asked for.
        FIXED,
        /// Words of `ups.status`.
        STATUS,
        /// A sentence of `ups.alarm`.
        ALARM,
        /// A count of rows which name what is wrong by identifiers.
        ALARMS,
        COMMAND
    }

    /// When the agent is asked.
    public enum Often {
        /// At each poll.
        ALWAYS,
        /// At one poll in some (`semistaticfreq`).
        SELDOM,
        /// Once, and again when the device may be another.
        ONCE
    }

    /// As what a value is written.
    public enum Write {
        /// As the agent's own type; an integer or text where that is not known.
        AS_READ,
        INTEGER,
        TEXT,
        TICKS,
        OID
    }

    /// How an answer is turned into a value, where scale and table do not do.
    public enum Convert {
        NONE,
        /// A date month/day/year becomes year-month-day.
        US_DATE,
        /// Says in what unit the sensors' temperatures that follow are: 0 Kelvin, 1 Celsius, 2 Fahrenheit.
        SENSOR_UNIT,
        /// Tenths of a degree in the unit that was said.
        SENSOR_TEMPERATURE,
        /// How many numbers a text with commas has.
        COUNT_LISTED
    }

    /// Answers that mean there is no value.
    ///
    /// @param negative numbers below 0
    /// @param zero the number 0
    /// @param na the text `N/A`, and numbers from 65534 on
    public record Invalid(boolean negative, boolean zero, boolean na) {}

    /// A condition on the number of phases.
    ///
    /// @param side `input`, `output` or `input.bypass`
    /// @param count 1 or 3, or 0 for any
    public record Phases(String side, int count) {}
}
