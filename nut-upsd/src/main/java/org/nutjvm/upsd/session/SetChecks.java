package org.nutjvm.upsd.session;

import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.Variable;
import org.nutjvm.common.wire.NutError;

/// Whether a value may be sent to a driver (server/netset.c: set_var).
final class SetChecks {
    /// Why not, or null when it may.
    ///
    /// {@link NutError#SET_FAILED} means that the driver contradicts itself: a string without a length.
    @Nullable
    NutError objection(@Nullable Variable variable, String value) {
        if (variable == null) {
            return NutError.VAR_NOT_SUPPORTED;
        }
        if (!variable.writable()) {
            return NutError.READONLY;
        }
        if (variable.flags().contains(Variable.Flag.STRING)) {
            if (variable.aux() < 1) {
                return NutError.SET_FAILED;
            }
            if (variable.aux() < value.length()) {
                return NutError.TOO_LONG;
            }
        }
        if (!variable.enums().isEmpty() && !variable.enums().contains(value)) {
            return NutError.INVALID_VALUE;
        }
        if (!variable.ranges().isEmpty() && !inRange(variable, value)) {
            return NutError.INVALID_VALUE;
        }
        boolean free = variable.enums().isEmpty() && variable.ranges().isEmpty();
        if (free && variable.flags().contains(Variable.Flag.NUMBER) && !number(value)) {
            return NutError.INVALID_VALUE;
        }
        return null;
    }

    /// C reads the value with atoi, for which a word is 0; here a value without digits is in no range.
    private static boolean inRange(Variable variable, String value) {
        int at = 0;
        while (at < value.length() && value.charAt(at) == ' ') {
            at++;
        }
        boolean negative = at < value.length() && value.charAt(at) == '-';
        if (negative || (at < value.length() && value.charAt(at) == '+')) {
            at++;
        }
        int first = at;
        long number = 0;
        while (at < value.length() && digit(value.charAt(at)) && number <= Integer.MAX_VALUE) {
            number = number * 10 + (value.charAt(at++) - '0');
        }
        if (at == first) {
            return false;
        }
        long wanted = negative ? -number : number;
        for (var range : variable.ranges()) {
            if (wanted >= range.min() && wanted <= range.max()) {
                return true;
            }
        }
        return false;
    }

    /// A decimal number, with or without sign and fraction. C does not look and leaves it to the driver.
    private static boolean number(String value) {
        int at = value.startsWith("-") || value.startsWith("+") ? 1 : 0;
        int digits = 0;
        int dots = 0;
        for (; at < value.length(); at++) {
            char c = value.charAt(at);
            if (digit(c)) {
                digits++;
            } else if (c == '.') {
                dots++;
            } else {
                return false;
            }
        }
        return digits > 0 && dots <= 1;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
