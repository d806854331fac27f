package org.nutjvm.common.conf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines of upsd.users to its users (server/user.c: user_parse_arg, parse_rest, parse_var).
///
/// One thing is not as in C on purpose: a heading with the name of an earlier user other than the last one makes C give
/// what follows to the last one, that is to somebody else. Here nobody gets it.
final class UpsdUsersParser {
    private static final List<String> ACTIONS = List.of("SET", "FSD", "LOGIN", "PRIMARY", "MASTER");
    private static final List<String> ROLES = List.of("primary", "secondary", "master", "slave");

    private final ConfText text;
    private final List<Complaint> complaints;
    private final List<UpsdUsers.Draft> users = new ArrayList<>();
    private UpsdUsers.@Nullable Draft user;
    private boolean begun;

    UpsdUsersParser(ConfText text) {
        this.text = text;
        complaints = new ArrayList<>(text.complaints());
    }

    UpsdUsers parse() {
        for (ConfLine line : text.lines()) {
            take(line);
        }
        var done = new ArrayList<UpsdUsers.User>(users.size());
        for (UpsdUsers.Draft draft : users) {
            done.add(draft.done());
        }
        return new UpsdUsers(done, complaints);
    }

    private void take(ConfLine line) {
        String first = line.word(0);
        if (first.equalsIgnoreCase("user")) {
            complain(
                    Complaint.Cause.OBSOLETE,
                    line,
                    first,
                    "Ignoring the old form 'user ...' in upsd.users: begin a section with the name in brackets");
            return;
        }
        int equals = first.indexOf('=');
        if (equals >= 0) { // only a quoted or escaped word, or a line that begins with =
            settings(first.substring(0, equals), first.substring(equals + 1), line, 1);
        } else if (first.startsWith("[") && first.endsWith("]") && first.length() > 1) {
            open(first.substring(1, first.length() - 1), line);
        } else if (line.size() >= 3 && line.word(1).equals("=")) {
            settings(first, line.word(2), line, 3);
        } else if (line.size() >= 2
                && UserField.UPSMON.is(first)
                && !line.word(1).equals("=")) {
            if (inSection(UserField.UPSMON, line)) {
                upsmon(line.word(1), line);
            }
        } else {
            UserField field = field(first);
            if (field == null) {
                unrecognized(first, ": the line has no '='", known(ROLES, line.word(1)) ? "upsmon" : "", line);
            } else {
                complain(
                        line.size() == 1 || line.word(1).equals("=")
                                ? Complaint.Cause.MISSING_VALUE
                                : Complaint.Cause.EQUALS,
                        line,
                        first,
                        "Ignoring " + field.word() + " in upsd.users: it needs '= "
                                + field.entry().arguments() + "'");
            }
        }
    }

    private void open(String name, ConfLine line) {
        begun = true;
        for (UpsdUsers.Draft draft : users) {
            if (draft.name.equals(name)) {
                boolean goesOn = draft == user;
                complain(
                        Complaint.Cause.REPEATED,
                        line,
                        name,
                        "Ignoring duplicate user " + name + ": it was begun on line " + draft.line
                                + (goesOn
                                        ? ", and what follows is added to it"
                                        : ", and what follows here is ignored"));
                user = goesOn ? draft : null;
                return;
            }
        }
        user = new UpsdUsers.Draft(name, line.line());
        users.add(user);
    }

    /// The first value and those that follow it on the line, each as if it stood alone.
    private void settings(String name, String value, ConfLine line, int next) {
        UserField field = field(name);
        if (field == null) {
            unrecognized(name, "", "", line);
            return;
        }
        if (!inSection(field, line)) {
            return;
        }
        set(field, value, line);
        for (int i = next; i < line.size(); i++) {
            set(field, line.word(i), line);
        }
    }

    /// Whether there is somebody to get the setting.
    private boolean inSection(UserField field, ConfLine line) {
        if (user == null && !begun) {
            complain(
                    Complaint.Cause.MISPLACED,
                    line,
                    field.word(),
                    "Ignoring " + field.word()
                            + " definition outside user section: a section begins with the name in brackets");
        }
        return user != null;
    }

    private static @Nullable UserField field(String name) {
        for (UserField field : UserField.values()) {
            if (field.is(name)) {
                return field;
            }
        }
        return null;
    }

    private void set(UserField field, String value, ConfLine line) {
        UpsdUsers.Draft current = user;
        if (current == null) {
            return;
        }
        switch (field) {
            case PASSWORD -> {
                if (current.password != null) {
                    complain(
                            Complaint.Cause.REPEATED,
                            line,
                            field.word(),
                            "Ignoring duplicate password for " + current.name
                                    + ": the first one counts, and only its first word unless it is in quotes");
                } else {
                    current.password = value;
                    if (PasswordHash.meant(value) && PasswordHash.of(value).isEmpty()) {
                        complaints.add(Complaint.about(
                                Complaint.Level.ERROR,
                                Complaint.Cause.BAD_VALUE,
                                line,
                                field.word(),
                                "The password of " + current.name + " begins as a check value and is none, so that"
                                        + " nobody can log in as this user: `nutconf --hash-password` makes one"));
                    }
                }
            }
            case ACTIONS -> {
                current.actions.add(value);
                if (!known(ACTIONS, value)) {
                    complaints.add(Complaint.about(
                            Complaint.Level.WARNING,
                            Complaint.Cause.BAD_VALUE,
                            line,
                            value,
                            Nearest.of(value, ACTIONS).orElse(""),
                            "Unknown action " + value + " of user " + current.name + " in upsd.users"));
                }
            }
            case INSTCMDS -> {
                if (!known(current.instcmds, value)) {
                    current.instcmds.add(value);
                }
            }
            case UPSMON -> upsmon(value, line);
            case ALLOWFROM ->
                complain(Complaint.Cause.OBSOLETE, line, field.word(), "allowfrom in upsd.users is no longer used");
        }
    }

    private void upsmon(String role, ConfLine line) {
        UpsdUsers.Draft current = user;
        if (current == null) {
            return;
        }
        if (role.equalsIgnoreCase("primary") || role.equalsIgnoreCase("master")) {
            current.actions.add("login");
            current.actions.add("master");
            current.actions.add("fsd");
        } else if (role.equalsIgnoreCase("secondary") || role.equalsIgnoreCase("slave")) {
            current.actions.add("login");
        } else {
            complaints.add(Complaint.about(
                    Complaint.Level.WARNING,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    role,
                    Nearest.of(role, ROLES).orElse(""),
                    "Unknown upsmon type " + role));
        }
    }

    /// @param meant what is surely meant, or the empty string to suggest the nearest word
    private void unrecognized(String name, String why, String meant, ConfLine line) {
        String suggestion = meant.isEmpty()
                ? Nearest.of(name, Directive.words(UserField.values())).orElse("")
                : meant;
        complaints.add(Complaint.about(
                Complaint.Level.NOTICE,
                Complaint.Cause.UNKNOWN_WORD,
                line,
                name,
                suggestion,
                "Unrecognized user setting " + name + why));
    }

    private static boolean known(List<String> words, String word) {
        for (String w : words) {
            if (w.equalsIgnoreCase(word)) {
                return true;
            }
        }
        return false;
    }

    private void complain(Complaint.Cause cause, ConfLine line, String word, String text) {
        complaints.add(Complaint.about(Complaint.Level.WARNING, cause, line, word, text));
    }
}
