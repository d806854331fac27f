package org.nutjvm.drivers.core;

import java.io.IOException;
import java.nio.file.Path;
import org.nutjvm.common.io.OsUser;
import org.nutjvm.common.io.Privileges;
import org.nutjvm.drivers.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who a driver runs as and who may use its socket. The built-in names are Debian's.
final class Account {
    private static final Logger LOG = LoggerFactory.getLogger(Account.class);
    private static final String DEFAULT_USER = "nut";
    private static final String DEFAULT_GROUP = "nut";

    private Account() {}

    /// Whose members may use the socket.
    ///
    /// @param name empty to leave it to the system
    /// @param asked whether somebody asked for it, so that a failure is news
    record Group(String name, boolean asked) {}

    /// Locks this process in and gives up root, as far as it is root.
    ///
    /// @param user empty for the built-in one
    /// @param chroot empty for none
    static void take(String user, String chroot) throws IOException, DriverException {
        boolean root = Privileges.root();
        OsUser account = root ? find(user.isEmpty() ? DEFAULT_USER : user) : null;
        if (!chroot.isEmpty()) {
            Privileges.chroot(Path.of(chroot));
        }
        // Root that is to stay root saves the megabytes of a native call.
        if (account != null && account.uid() != 0) {
            String done = Privileges.become(account);
            LOG.debug("{}", done);
        }
    }

    private static OsUser find(String name) throws DriverException {
        try {
            return OsUser.named(name);
        } catch (IOException e) {
            throw new DriverException(e.getMessage() + "\nThings to try: create that user (useradd --system " + name
                    + "), or name another with -u <user> or 'user = ...' in ups.conf");
        }
    }

    /// As C: the built-in group where somebody else than the built-in user runs the driver, too.
    static Group group(Settings settings) {
        if (!settings.group().isEmpty()) {
            return new Group(settings.group(), true);
        }
        boolean another = !settings.user().isEmpty() && !settings.user().equals(DEFAULT_USER);
        return new Group(another ? DEFAULT_GROUP : "", false);
    }
}
