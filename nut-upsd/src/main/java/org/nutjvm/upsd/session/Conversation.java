package org.nutjvm.upsd.session;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.HostsAccess;
import org.nutjvm.common.conf.PasswordHash;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.state.Variable;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.NutError;
import org.nutjvm.common.wire.Request;

/// What clients are told: from a session and a request to an answer, and to what else has to be done. The order of the
/// checks is that of C (server/upsd.c: check_command and the files named at each method), because the first complaint
/// is all a client sees.
public final class Conversation {
    /// Where a client may read about the protocol's home; a part of the banner.
    private static final String HOME = "https://www.networkupstools.org/";

    private final Devices devices;
    private final Tracking tracking;
    private final Descriptions descriptions;
    private final Listings listings;
    private final SetChecks checks = new SetChecks();
    private final String version;
    private UpsdUsers users;
    private boolean tls;
    private boolean readersLogIn;
    private HostsAccess hosts = HostsAccess.OPEN;
    private final Proven proven = new Proven();

    public Conversation(
            Devices devices, UpsdUsers users, Tracking tracking, Descriptions descriptions, String version) {
        this.devices = devices;
        this.users = users;
        this.tracking = tracking;
        this.descriptions = descriptions;
        this.listings = new Listings(devices);
        this.version = version;
    }

    /// These users count from now on.
    public void users(UpsdUsers now) {
        users = now;
    }

    /// Who may log in from where, from now on.
    public void hosts(HostsAccess now) {
        hosts = now;
    }

    /// Whether who only reads has to be a user, too, from now on.
    public void readersLogIn(boolean required) {
        readersLogIn = required;
    }

    /// Whether connections can be encrypted from now on.
    public void tls(boolean possible) {
        tls = possible;
    }

    /// Answers one request.
    ///
    /// @param now seconds of any clock that never goes back
    public Answer answer(Session session, Request request, long now) {
        if (request.needsUser() || (readersLogIn && request.reads())) {
            if (session.username() == null) {
                return Answer.error(NutError.USERNAME_REQUIRED);
            }
            if (session.password() == null) {
                return Answer.error(NutError.PASSWORD_REQUIRED);
            }
            var obstacle = obstacle(session, request);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return switch (request) {
            case Request.GetVar(var ups, var name) -> getVar(ups, name);
            case Request.ListVar(var ups) -> listings.vars(ups);
            case Request.ListRw(var ups) -> listings.rw(ups);
            case Request.ListCmd(var ups) -> listings.cmds(ups);
            case Request.ListEnum(var ups, var name) -> listings.enums(ups, name);
            case Request.ListRange(var ups, var name) -> listings.ranges(ups, name);
            case Request.ListClient(var ups) -> listings.clients(ups);
            case Request.ListUps() -> listings.devices();
            case Request.GetType(var ups, var name) -> getType(ups, name);
            case Request.GetDesc(var ups, var name) ->
                description("DESC", ups, name, descriptions.var(withoutUpstream(name)));
            case Request.GetCmdDesc(var ups, var cmd) ->
                description("CMDDESC", ups, cmd, descriptions.cmd(withoutUpstream(cmd)));
            case Request.GetUpsDesc(var ups) -> getUpsDesc(ups);
            case Request.GetNumLogins(var ups) -> getNumLogins(ups);
            case Request.GetTracking(var id) -> getTracking(session, id);
            case Request.Ver() -> Answer.of(banner());
            case Request.ProtVer() -> Answer.of("1.3");
            case Request.Help() ->
                Answer.of("Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS");
            case Request.StartTls() -> startTls(session);
            case Request.Username(var name) -> username(session, name);
            case Request.Password(var password) -> password(session, password);
            case Request.Login(var ups) -> login(session, ups);
            case Request.Logout() -> logout(session);
            case Request.Primary(var ups) -> primary(session, ups, "PRIMARY");
            case Request.Master(var ups) -> primary(session, ups, "MASTER");
            case Request.Fsd(var ups) -> fsd(session, ups);
            case Request.SetVar set -> setVar(session, set, now);
            case Request.SetTracking(var on) -> {
                session.tracking(on);
                yield Answer.of("OK");
            }
            case Request.Instcmd instcmd -> instcmd(session, instcmd, now);
            case Request.Refused(var why, var _) -> Answer.error(why);
        };
    }

    /// What stands between this client and what it wants, before anybody looks at its rights: its address, or that it
    /// has
    /// yet to be found out whether the password is right.
    private @Nullable Answer obstacle(Session session, Request request) {
        String name = String.valueOf(session.username());
        if (!hosts.mayLogIn(name, session.raw())) {
            return denied(session, "by hosts.allow and hosts.deny");
        }
        String password = String.valueOf(session.password());
        var user = users.named(name);
        if (session.proof(users) == null) {
            var hash = user == null ? Optional.<PasswordHash>empty() : user.hash();
            if (hash.isPresent() && !proven.knows(name, hash.get(), password)) {
                return Answer.of("").with(new Answer.Action.Prove(hash.get(), password, users));
            }
            session.proof(users, hash.isPresent() || (user != null && user.passwordIs(password)));
        }
        if (request.reads() && !Boolean.TRUE.equals(session.proof(users))) {
            return denied(session, "reading");
        }
        return null;
    }

    /// What came of {@link Answer.Action.Prove}.
    public void proved(Session session, Answer.Action.Prove asked, boolean right) {
        session.proof(asked.users(), right);
        if (right) {
            proven.remember(String.valueOf(session.username()), asked.hash(), asked.password());
        }
    }

    /// Whether this client may have what anybody may have.
    public boolean readable(Session session) {
        return !readersLogIn || Boolean.TRUE.equals(session.proof(users));
    }

    private boolean mayAct(Session session, String action) {
        var user = users.named(session.username());
        return user != null && Boolean.TRUE.equals(session.proof(users)) && user.mayAct(action);
    }

    private boolean mayCommand(Session session, String cmd) {
        var user = users.named(session.username());
        return user != null && Boolean.TRUE.equals(session.proof(users)) && user.mayCommand(cmd);
    }

    /// server/netssl.c: net_starttls.
    private Answer startTls(Session session) {
        if (session.isEncrypted()) {
            return Answer.error(NutError.ALREADY_SSL_MODE);
        }
        return tls
                ? Answer.of("OK STARTTLS").with(new Answer.Action.Encrypt())
                : Answer.error(NutError.FEATURE_NOT_CONFIGURED);
    }

    private String banner() {
        return "Network UPS Tools upsd " + version + " - " + HOME;
    }

    /// server/netget.c: get_var, get_var_server. For `server.*` the device may be any word, and the name is not echoed.
    private Answer getVar(String ups, String name) {
        if (name.regionMatches(true, 0, "server.", 0, 7)) {
            return switch (name.substring(7).toLowerCase(Locale.ROOT)) {
                case "info" -> Answer.of("VAR " + ups + " server.info \"" + banner() + '"');
                case "version" -> Answer.of("VAR " + ups + " server.version \"" + version + '"');
                default -> Answer.error(NutError.VAR_NOT_SUPPORTED);
            };
        }
        var device = devices.find(ups);
        var refusal = refusal(device);
        if (device == null || refusal != null) {
            return Answer.error(refusal == null ? NutError.UNKNOWN_UPS : refusal);
        }
        String value = device.tree().value(name);
        if (value == null) {
            return Answer.error(NutError.VAR_NOT_SUPPORTED);
        }
        var line = new StringBuilder();
        Listings.var(line, device, "VAR", ups, name, value);
        return Answer.lasting(device, line.toString());
    }

    /// server/netget.c: get_type. A variable with no flag at all is a number.
    private Answer getType(String ups, String name) {
        var device = devices.find(ups);
        var refusal = refusal(device);
        if (device == null || refusal != null) {
            return Answer.error(refusal == null ? NutError.UNKNOWN_UPS : refusal);
        }
        var variable = device.tree().var(name);
        if (variable == null) {
            return Answer.error(NutError.VAR_NOT_SUPPORTED);
        }
        var line = new StringBuilder("TYPE ").append(ups).append(' ').append(name);
        if (variable.writable()) {
            line.append(" RW");
        }
        if (!variable.enums().isEmpty()) {
            line.append(" ENUM");
        }
        if (!variable.ranges().isEmpty()) {
            line.append(" RANGE");
        }
        if (variable.flags().contains(Variable.Flag.STRING)) {
            line.append(" STRING:").append(variable.aux());
        } else {
            line.append(" NUMBER");
        }
        return Answer.lasting(device, line.append('\n').toString());
    }

    /// server/netget.c: get_desc, get_cmddesc. Whether the device has such a name is not asked.
    private Answer description(String kind, String ups, String name, @Nullable String text) {
        var device = devices.find(ups);
        var refusal = refusal(device);
        if (device == null || refusal != null) {
            return Answer.error(refusal == null ? NutError.UNKNOWN_UPS : refusal);
        }
        var line = new StringBuilder(kind)
                .append(' ')
                .append(ups)
                .append(' ')
                .append(name)
                .append(" \"");
        Listings.escape(line, text == null ? "Description unavailable" : text);
        return Answer.of(line.append('"').toString());
    }

    /// What a repeater passes on from another server is described as the original.
    private static String withoutUpstream(String name) {
        return name.startsWith("upstream.") ? name.substring(9) : name;
    }

    private Answer getUpsDesc(String ups) {
        var device = devices.find(ups);
        if (device == null) {
            return Answer.error(NutError.UNKNOWN_UPS);
        }
        var line = new StringBuilder("UPSDESC ").append(ups).append(" \"");
        String desc = device.desc();
        Listings.escape(line, desc == null ? "Unavailable" : desc);
        return Answer.lasting(device, line.append("\"\n").toString());
    }

    private Answer getNumLogins(String ups) {
        var device = devices.find(ups);
        var refusal = refusal(device);
        if (device == null || refusal != null) {
            return Answer.error(refusal == null ? NutError.UNKNOWN_UPS : refusal);
        }
        return Answer.of("NUMLOGINS " + ups + ' ' + device.logins().size());
    }

    private Answer getTracking(Session session, Optional<String> id) {
        if (id.isEmpty()) {
            return Answer.of(session.tracking() ? "ON" : "OFF");
        }
        return session.tracking() ? Answer.of(tracking.get(id.get())) : Answer.error(NutError.FEATURE_NOT_CONFIGURED);
    }

    /// server/netuser.c: net_username.
    private static Answer username(Session session, String name) {
        if (session.username() != null) {
            return Answer.error(NutError.ALREADY_SET_USERNAME)
                    .with(Note.info("Client " + who(session) + " tried to set a username twice"));
        }
        session.username(name);
        return Answer.of("OK");
    }

    private static Answer password(Session session, String password) {
        if (session.password() != null) {
            return Answer.error(NutError.ALREADY_SET_PASSWORD)
                    .with(Note.info(
                            session.username() == null
                                    ? "Client on " + session.address() + " tried to set a password twice"
                                    : "Client " + who(session) + " tried to set a password twice"));
        }
        session.password(password);
        return Answer.of("OK");
    }

    private Answer login(Session session, String ups) {
        if (session.login() != null) {
            return Answer.error(NutError.ALREADY_LOGGED_IN)
                    .with(Note.info("Client " + who(session) + " tried to login twice"));
        }
        var device = devices.find(ups);
        if (device == null) {
            return Answer.error(NutError.UNKNOWN_UPS);
        }
        if (!mayAct(session, "LOGIN")) {
            return denied(session, "LOGIN " + device.name());
        }
        session.login(device);
        return Answer.of("OK").with(Note.info("User " + who(session) + " logged into UPS [" + device.name() + "]"));
    }

    private static Answer logout(Session session) {
        var bye = Answer.of("OK Goodbye").with(new Answer.Action.Close());
        var device = session.login();
        return device == null
                ? bye
                : bye.with(Note.info("User " + who(session) + " logged out from UPS [" + device.name() + "]"));
    }

    /// Only a question of rights: being primary changes nothing here (server/netuser.c: do_net_primary).
    private Answer primary(Session session, String ups, String word) {
        var device = devices.find(ups);
        if (device == null) {
            return Answer.error(NutError.UNKNOWN_UPS);
        }
        if (!mayAct(session, "PRIMARY") && !mayAct(session, "MASTER")) {
            return denied(session, word + ' ' + device.name());
        }
        return Answer.of("OK " + word + "-GRANTED");
    }

    /// server/netmisc.c: net_fsd.
    private Answer fsd(Session session, String ups) {
        var device = devices.find(ups);
        if (device == null) {
            return Answer.error(NutError.UNKNOWN_UPS);
        }
        if (!mayAct(session, "FSD")) {
            return denied(session, "FSD " + device.name());
        }
        device.setFsd();
        return Answer.of("OK FSD-SET")
                .with(Note.info("Client " + who(session) + " set FSD on UPS [" + device.name() + "]"));
    }

    /// server/netset.c: set_var.
    private Answer setVar(Session session, Request.SetVar set, long now) {
        var device = devices.find(set.ups());
        var refusal = refusal(device);
        if (device == null || refusal != null) {
            return Answer.error(refusal == null ? NutError.UNKNOWN_UPS : refusal);
        }
        if (!mayAct(session, "SET")) {
            return denied(session, "SET VAR " + device.name() + ' ' + set.var());
        }
        var objection = checks.objection(device.tree().var(set.var()), set.value());
        if (objection != null) {
            var answer = Answer.error(objection);
            return objection == NutError.SET_FAILED
                    ? answer.with(new Note(
                            Note.Level.WARNING,
                            "UPS [" + device.name() + "]: auxdata for " + set.var() + " is invalid"))
                    : answer;
        }
        var id = track(session, now);
        return told(device, new DriverRequest.Set(set.var(), set.value(), id), id, NutError.SET_FAILED)
                .with(Note.info("Set variable: " + who(session) + " set " + set.var() + " on " + device.name() + " to "
                        + set.value() + trackingNote(id)));
    }

    /// server/netinstcmd.c: send_instcmd.
    private Answer instcmd(Session session, Request.Instcmd instcmd, long now) {
        var device = devices.find(instcmd.ups());
        var refusal = refusal(device);
        if (device == null || refusal != null) {
            return Answer.error(refusal == null ? NutError.UNKNOWN_UPS : refusal);
        }
        String cmd = instcmd.cmd();
        if (!device.tree().hasCmd(cmd)) {
            return Answer.error(NutError.CMD_NOT_SUPPORTED);
        }
        if (!mayCommand(session, cmd)) {
            return denied(session, "INSTCMD " + device.name() + ' ' + cmd);
        }
        var id = track(session, now);
        return told(device, new DriverRequest.Instcmd(cmd, instcmd.param(), id), id, NutError.INSTCMD_FAILED)
                .with(Note.info("Instant command: " + who(session) + " did " + cmd
                        + instcmd.param().map(p -> " with value " + p).orElse("") + " on " + device.name()
                        + trackingNote(id)));
    }

    private Optional<String> track(Session session, long now) {
        if (!session.tracking()) {
            return Optional.empty();
        }
        String id = tracking.newId();
        tracking.add(id, now);
        return Optional.of(id);
    }

    private static String trackingNote(Optional<String> id) {
        return " (tracking ID: " + id.orElse("disabled") + ")";
    }

    private static Answer told(Device device, DriverRequest request, Optional<String> id, NutError otherwise) {
        return Answer.of(id.isPresent() ? "OK TRACKING " + id.get() : "OK")
                .with(new Answer.Action.Tell(device, request, otherwise));
    }

    private static @Nullable NutError refusal(@Nullable Device device) {
        return device == null ? NutError.UNKNOWN_UPS : device.trouble();
    }

    /// Who tries again and again is mentioned less and less often.
    private Answer denied(Session session, String command) {
        int times = session.denied();
        var answer = Answer.error(NutError.ACCESS_DENIED);
        if (times == 1 && !Boolean.TRUE.equals(session.proof(users))) {
            // once for each connection: it can give no other password
            answer = answer.with(new Answer.Action.Penalty());
        }
        if (times > 3 && Integer.bitCount(times) != 1) {
            return answer;
        }
        return answer.with(new Note(
                Note.Level.NOTICE,
                "ACCESS-DENIED for " + who(session) + ": " + command
                        + (times > 3 ? " (refused " + times + " times on this connection)" : "")));
    }

    private static String who(Session session) {
        return session.username() + "@" + session.address();
    }
}
