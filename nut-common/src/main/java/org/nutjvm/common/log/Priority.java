package org.nutjvm.common.log;

import ch.qos.logback.classic.Level;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/// The severities of syslog(3) and how they are asked for through SLF4J: error, warn, info and debug are
/// `LOG_ERR`, `LOG_WARNING`, `LOG_INFO` and `LOG_DEBUG`; the others are an info or error with a marker, as in
/// `log.info(Priority.NOTICE, "...")`.
///
/// A plain debug message is NUT's `[D1]`, a plain trace message `[D3]`; other levels are markers:
/// `log.debug(Priority.D2, "...")`.
public final class Priority {
    /// `LOG_NOTICE`, on an info message.
    public static final Marker NOTICE = MarkerFactory.getMarker("NOTICE");

    /// `LOG_CRIT`, on an error message.
    public static final Marker CRIT = MarkerFactory.getMarker("CRIT");

    /// `LOG_ALERT`, on an error message.
    public static final Marker ALERT = MarkerFactory.getMarker("ALERT");

    /// `LOG_EMERG`, on an error message.
    public static final Marker EMERG = MarkerFactory.getMarker("EMERG");

    /// `upsdebugx(2, ...)`, on a debug message.
    public static final Marker D2 = MarkerFactory.getMarker("D2");

    /// `upsdebugx(3, ...)`, on a debug message.
    public static final Marker D3 = MarkerFactory.getMarker("D3");

    /// `upsdebugx(4, ...)`, on a debug message.
    public static final Marker D4 = MarkerFactory.getMarker("D4");

    /// `upsdebugx(5, ...)`, on a debug message.
    public static final Marker D5 = MarkerFactory.getMarker("D5");

    /// `upsdebugx(6, ...)`, on a debug message.
    public static final Marker D6 = MarkerFactory.getMarker("D6");

    private static final int LOG_EMERG = 0;
    private static final int LOG_ALERT = 1;
    private static final int LOG_CRIT = 2;
    private static final int LOG_ERR = 3;
    private static final int LOG_WARNING = 4;
    private static final int LOG_NOTICE = 5;
    private static final int LOG_INFO = 6;
    private static final int LOG_DEBUG = 7;

    private Priority() {}

    /// The number syslog(3) has for a message, 0 for `LOG_EMERG` to 7 for `LOG_DEBUG`.
    static int of(Level level, Iterable<Marker> markers) {
        for (Marker marker : markers) {
            switch (marker.getName()) {
                case "NOTICE" -> {
                    return LOG_NOTICE;
                }
                case "CRIT" -> {
                    return LOG_CRIT;
                }
                case "ALERT" -> {
                    return LOG_ALERT;
                }
                case "EMERG" -> {
                    return LOG_EMERG;
                }
                default -> {
                    // a debug level, or a marker of somebody else's
                }
            }
        }
        return switch (level.toInt()) {
            case Level.ERROR_INT -> LOG_ERR;
            case Level.WARN_INT -> LOG_WARNING;
            case Level.INFO_INT -> LOG_INFO;
            default -> LOG_DEBUG;
        };
    }

    /// The `n` of `[Dn]`, or 0 for what is no debug message.
    static int debugLevel(Level level, Iterable<Marker> markers) {
        if (level.isGreaterOrEqual(Level.INFO)) {
            return 0;
        }
        for (Marker marker : markers) {
            String name = marker.getName();
            if (name.length() == 2 && name.charAt(0) == 'D') {
                return name.charAt(1) - '0';
            }
        }
        return level.toInt() == Level.DEBUG_INT ? 1 : 3;
    }
}
