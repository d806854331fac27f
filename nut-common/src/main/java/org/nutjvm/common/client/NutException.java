package org.nutjvm.common.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Why a server could not be reached or did not do what was asked. The message is upstream's (upscli_strerror), so that
/// people find the same words whichever client they use.
public final class NutException extends IOException {
    private static final long serialVersionUID = 1;

    /// The reasons upstream tells apart (clients/upsclient.h: UPSCLI_ERR_*), with its texts.
    public enum Reason {
        UNKNOWN("Unknown error"),
        VARNOTSUPP("Variable not supported by UPS"),
        NOSUCHHOST("No such host"),
        UNKNOWNUPS("Unknown UPS"),
        ACCESSDENIED("Access denied"),
        PWDREQUIRED("Password required"),
        PWDINCORRECT("Password incorrect"),
        MISSINGARG("Missing argument"),
        DATASTALE("Data stale"),
        VARUNKNOWN("Variable unknown"),
        LOGINTWICE("Already logged in"),
        PWDSETTWICE("Already set password"),
        UNKNOWNTYPE("Unknown variable type"),
        UNKNOWNVAR("Unknown variable"),
        VARREADONLY("Read-only variable"),
        TOOLONG("New value is too long"),
        INVALIDVALUE("Invalid value for variable"),
        SETFAILED("Set command failed"),
        UNKINSTCMD("Unknown instant command"),
        CMDFAILED("Instant command failed"),
        CMDNOTSUPP("Instant command not supported"),
        INVUSERNAME("Invalid username"),
        USERSETTWICE("Already set username"),
        UNKCOMMAND("Unknown command"),
        INVALIDARG("Invalid argument"),
        /// The message goes on with the system's reason, as do those of WRITE, READ, PARSE, SSLFAIL and SSLERR.
        CONNFAILURE("Connection failure: "),
        WRITE("Write error: "),
        READ("Read error: "),
        INVPASSWORD("Invalid password"),
        USERREQUIRED("Username required"),
        /// The connection ended, or nothing came in time.
        SRVDISC("Server disconnected"),
        /// The driver of this UPS is not running, or this connection has ended before.
        DRVNOTCONN("Driver not connected"),
        PARSE("Parse error: "),
        /// Encryption was wanted, and the server has none.
        SSLFAIL("SSL is not available: "),
        /// The two ends could not agree on encryption, or the server is not who it should be.
        SSLERR("SSL error: "),
        /// An answer that does not fit the question. The connection is closed then, as nothing after it can be trusted.
        PROTOCOL("Protocol error");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /// Upstream's text; it ends with `: ` where a detail belongs.
        public String text() {
            return text;
        }

        /// What the word after `ERR` means to a client; words it does not know are UNKNOWN, as upstream.
        static Reason ofWord(String word) {
            return switch (word) {
                case "VAR-NOT-SUPPORTED" -> VARNOTSUPP;
                case "UNKNOWN-UPS" -> UNKNOWNUPS;
                case "ACCESS-DENIED" -> ACCESSDENIED;
                case "PASSWORD-REQUIRED" -> PWDREQUIRED;
                case "PASSWORD-INCORRECT" -> PWDINCORRECT;
                case "MISSING-ARGUMENT" -> MISSINGARG;
                case "DATA-STALE" -> DATASTALE;
                case "VAR-UNKNOWN" -> VARUNKNOWN;
                case "ALREADY-LOGGED-IN" -> LOGINTWICE;
                case "ALREADY-SET-PASSWORD" -> PWDSETTWICE;
                case "UNKNOWN-TYPE" -> UNKNOWNTYPE;
                case "UNKNOWN-VAR" -> UNKNOWNVAR;
                case "READONLY" -> VARREADONLY;
                case "TOO-LONG" -> TOOLONG;
                case "INVALID-VALUE" -> INVALIDVALUE;
                case "SET-FAILED" -> SETFAILED;
                case "UNKNOWN-INSTCMD" -> UNKINSTCMD;
                case "INSTCMD-FAILED" -> CMDFAILED;
                case "CMD-NOT-SUPPORTED" -> CMDNOTSUPP;
                case "INVALID-USERNAME" -> INVUSERNAME;
                case "ALREADY-SET-USERNAME" -> USERSETTWICE;
                case "UNKNOWN-COMMAND" -> UNKCOMMAND;
                case "INVALID-PASSWORD" -> INVPASSWORD;
                case "USERNAME-REQUIRED" -> USERREQUIRED;
                case "DRIVER-NOT-CONNECTED" -> DRVNOTCONN;
                default -> UNKNOWN;
            };
        }
    }

    private final Reason reason;
    private final String detail;
    private final boolean timedOut;

    private NutException(Reason reason, String message, String detail, boolean timedOut, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.detail = detail;
        this.timedOut = timedOut;
    }

    /// What the server answered: everything after `ERR `.
    static NutException ofServer(String answer) {
        int blank = answer.indexOf(' ');
        Reason reason = Reason.ofWord(blank < 0 ? answer : answer.substring(0, blank));
        return new NutException(reason, reason.text, answer, false, null);
    }

    /// A reason whose text stands alone; the detail is for a second line.
    static NutException of(Reason reason, String detail) {
        return new NutException(reason, reason.text, detail, false, null);
    }

    /// A reason whose text goes on with the system's.
    static NutException ofSystem(Reason reason, String system, @Nullable Throwable cause) {
        return new NutException(reason, reason.text + system, system, false, cause);
    }

    /// Nothing came in time, or nobody took the connection in time.
    static NutException ofTimeout(Reason reason, String system, String detail) {
        String message = reason == Reason.SRVDISC ? reason.text : reason.text + system;
        return new NutException(reason, message, detail, true, null);
    }

    public Reason reason() {
        return reason;
    }

    /// The server's words after `ERR`, or more about a local reason; may be empty.
    public String detail() {
        return detail;
    }

    /// Whether a limit of time ended it.
    public boolean timedOut() {
        return timedOut;
    }

    /// Whether the server answers this to those only who log in.
    public boolean wantsLogin() {
        return reason == Reason.ACCESSDENIED || reason == Reason.USERREQUIRED || reason == Reason.PWDREQUIRED;
    }

    /// Whether the server itself answered so and the connection can be used on.
    public boolean answered() {
        return switch (reason) {
            case NOSUCHHOST, CONNFAILURE, WRITE, READ, SRVDISC, PARSE, SSLFAIL, SSLERR, PROTOCOL -> false;
            case DRVNOTCONN -> !detail.isEmpty();
            default -> true;
        };
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
