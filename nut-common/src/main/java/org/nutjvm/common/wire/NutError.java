package org.nutjvm.common.wire;

/// What a server may say no with (server/neterr.h). The constant is the wire text with `_` for `-`:
/// {@link #INVALID_ARGUMENT} travels as `ERR INVALID-ARGUMENT`.
public enum NutError {
    ACCESS_DENIED,
    UNKNOWN_UPS,
    VAR_NOT_SUPPORTED,
    CMD_NOT_SUPPORTED,
    INVALID_ARGUMENT,
    INSTCMD_FAILED,
    SET_FAILED,
    READONLY,
    TOO_LONG,
    FEATURE_NOT_SUPPORTED,
    FEATURE_NOT_CONFIGURED,
    ALREADY_SSL_MODE,
    DRIVER_NOT_CONNECTED,
    DATA_STALE,
    ALREADY_LOGGED_IN,
    INVALID_PASSWORD,
    ALREADY_SET_PASSWORD,
    INVALID_USERNAME,
    ALREADY_SET_USERNAME,
    USERNAME_REQUIRED,
    PASSWORD_REQUIRED,
    UNKNOWN_COMMAND,
    INVALID_VALUE,
    /// Sent by servers of old only, as the three below.
    VAR_UNKNOWN,
    UNKNOWN_TYPE,
    UNKNOWN_INSTCMD,
    MISSING_ARGUMENT;

    private final String word = name().replace('_', '-');

    /// The word after `ERR`.
    public String word() {
        return word;
    }

    /// The whole reply, without the newline.
    public String text() {
        return "ERR " + word;
    }
}
