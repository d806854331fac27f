package org.nutjvm.tools.shared;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsdClient;

/// The user and password a program needs: from its options, or asked for (clients/upsclient.c: upscli_authenticate).
public record Login(String user, String password) {
    /// Takes what the command line (`-u`, `-p`) gave, or else nutauth.conf, and asks for the rest.
    public static Login of(CommandLine line, Connection connection, Terminal terminal) throws Failure {
        String user = line.has('u') ? line.last('u', "") : null;
        String password = line.has('p') ? line.last('p', "") : null;
        var account = connection.account();
        if (password == null && account.isPresent()) {
            return new Login(account.get().user(), account.get().password());
        }
        return of(user, password, terminal);
    }

    /// Takes what was given and asks for the rest. An empty answer to the first question means the system's own user.
    static Login of(@Nullable String user, @Nullable String password, Terminal terminal) throws Failure {
        return new Login(user == null ? askUser(terminal) : user, password == null ? askPassword(terminal) : password);
    }

    private static String askUser(Terminal terminal) throws Failure {
        String self = System.getProperty("user.name", "");
        String known = self.equals("?") ? "" : self;
        String answer = answer(terminal, known.isEmpty() ? "Username: " : "Username (" + known + "): ");
        if (!answer.isEmpty()) {
            return answer;
        }
        if (known.isEmpty()) {
            throw new Failure("No username available - even tried getpwuid");
        }
        return known;
    }

    private static String askPassword(Terminal terminal) throws Failure {
        try {
            String answer = terminal.askSecret("Password: ");
            return answer == null ? "" : answer;
        } catch (IOException e) {
            throw new Failure("getpass failed: " + e.getMessage());
        }
    }

    /// What a person types as the answer to a question.
    ///
    /// @throws Failure there is nobody to answer
    public static String answer(Terminal terminal, String prompt) throws Failure {
        try {
            String answer = terminal.ask(prompt);
            if (answer != null) {
                return answer;
            }
        } catch (IOException e) {
            throw new Failure("Error reading from stdin!", String.valueOf(e.getMessage()));
        }
        throw new Failure("Error reading from stdin!");
    }

    /// Tells the server both. It checks them only when a command needs them, so its refusals are left for then, as
    /// upstream's clients do.
    public void send(Connection connection) throws Failure {
        send(connection, "USERNAME", user, "username");
        send(connection, "PASSWORD", password, "password");
    }

    private static void send(Connection connection, String command, String value, String noun) throws Failure {
        try {
            connection.client().ask(value.isEmpty() ? command + ' ' : UpsdClient.line(command, value));
        } catch (NutException e) {
            throw connection.failure("Set " + noun + " failed: ", e);
        }
    }
}
