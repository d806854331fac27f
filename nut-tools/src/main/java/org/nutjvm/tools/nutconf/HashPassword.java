package org.nutjvm.tools.nutconf;

import java.io.IOException;
import java.security.SecureRandom;
import org.nutjvm.common.conf.PasswordHash;
import org.nutjvm.tools.shared.Terminal;

/// `nutconf --hash-password`: asks for a password and prints the line for upsd.users that has its check value in
/// its place.
final class HashPassword {
    static final String OPTION = "--hash-password";

    private static final int SALT_BYTES = 16;

    private HashPassword() {}

    /// Asks and prints.
    ///
    /// @return the exit code
    static int run(Terminal terminal) {
        try {
            String password = terminal.askSecret("Password: ");
            if (password == null || password.isEmpty()) {
                terminal.complain("Error: no password was given");
                return 1;
            }
            if (!printableAscii(password)) {
                terminal.complain("Error: upsd knows passwords of ASCII characters only");
                return 1;
            }
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            terminal.println("password = "
                    + PasswordHash.make(password, PasswordHash.ROUNDS, salt).text());
            return terminal.finish();
        } catch (IOException e) {
            terminal.complain("Error: " + e.getMessage());
            return 1;
        }
    }

    private static boolean printableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
