package org.nutjvm.upsd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.log.Logging;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.tls.TlsException;
import org.nutjvm.upsd.net.Server;
import org.nutjvm.upsd.net.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the configuration into the server, at the start and again after SIGHUP (server/conf.c: conf_reload). A
/// file that cannot be read, or is broken in the middle of being written, leaves what it was about as it is.
final class Reload implements Server.Chores {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");

    private final Configuration configuration;
    private final Server server;
    private final Logging logging;
    private final int debugArgs;
    private final Path statepath;
    private final List<UpsdConf.Listen> listening;
    private final SdNotify systemd;
    private final HostsFiles hosts;

    Reload(
            Configuration configuration,
            Server server,
            Logging logging,
            int debugArgs,
            Path statepath,
            List<UpsdConf.Listen> listening,
            SdNotify systemd) {
        this.listening = listening;
        this.systemd = systemd;
        this.hosts = new HostsFiles(configuration.hostsDirectory());
        this.configuration = configuration;
        this.server = server;
        this.logging = logging;
        this.debugArgs = debugArgs;
        this.statepath = statepath;
    }

    void start(UpsdConf upsd, UpsConf ups) throws StartException {
        var served = configuration.served(ups, statepath);
        if (!served.isEmpty()) {
            LOG.info("Found {} UPS defined in ups.conf", served.size());
        } else if (configuration.allowNoDevice(upsd)) {
            LOG.warn("Normally at least one UPS must be defined in ups.conf, currently there are none (please configure"
                    + " the file and reload the service)");
        } else {
            throw new StartException("Fatal error: at least one UPS must be defined in ups.conf");
        }
        server.delays(upsd.maxageSeconds(), upsd.trackingDelaySeconds());
        server.devices(served);
        server.maxconn(upsd.maxconn().orElse(0));
        server.strangers(upsd.maxconnAddress().orElse(0), upsd.readRequiresLogin());
        hosts.read(server);
        try {
            server.users(configuration.users());
        } catch (ConfException e) {
            LOG.warn(e.getMessage());
        }
    }

    @Override
    public void reload() {
        systemd.reloading();
        reloadAll();
        systemd.ready();
    }

    private void reloadAll() {
        LOG.info("SIGHUP: reloading configuration");
        server.spareDescriptor();
        UpsdConf upsd;
        try {
            upsd = configuration.upsdConf();
        } catch (ConfException e) {
            LOG.error("Reload failed: {}; everything stays as it was", e.getMessage());
            return;
        }
        devices();
        settings(upsd);
        users();
    }

    @Override
    public void tick() {
        systemd.watchdog();
        hosts.tick(server);
    }

    private void devices() {
        UpsConf ups;
        try {
            ups = configuration.upsConf();
        } catch (ConfException e) {
            LOG.error("Reload failed: {}; the devices stay as they were", e.getMessage());
            return;
        }
        if (broken(ups.complaints())) {
            LOG.error("Reload failed: {} has malformed lines; the devices stay as they were", UpsConf.FILE);
            return;
        }
        var served = configuration.served(ups, statepath);
        server.devices(served);
        if (served.isEmpty()) {
            LOG.warn("Warning: no UPSes currently defined!");
        }
    }

    private void settings(UpsdConf upsd) {
        if (!addresses(upsd.listen()).equals(addresses(listening))) {
            LOG.info(Priority.NOTICE, "The LISTEN lines of upsd.conf have changed: they count when upsd is restarted");
        }
        server.delays(upsd.maxageSeconds(), upsd.trackingDelaySeconds());
        try {
            server.maxconn(upsd.maxconn().orElse(0));
        } catch (StartException e) {
            LOG.error("Reload: MAXCONN stays as it was: {}", e.getMessage());
        }
        try {
            server.tls(configuration.tls(upsd));
        } catch (TlsException e) {
            LOG.error("Reload: SSL stays as it was: {}", e.getMessage());
        }
        server.strangers(upsd.maxconnAddress().orElse(0), upsd.readRequiresLogin());
        if (upsd.debugMin().isPresent()) {
            LOG.info("Applying DEBUG_MIN {} from upsd.conf", upsd.debugMin().getAsInt());
        } else {
            LOG.info("Applying debug level {} from original command line arguments", debugArgs);
        }
        logging.debugLevel(upsd.debugMin().orElse(debugArgs));
    }

    private static List<String> addresses(List<UpsdConf.Listen> lines) {
        var addresses = new ArrayList<String>();
        for (var line : lines) {
            addresses.add(line.address() + ' ' + line.port());
        }
        return addresses;
    }

    private void users() {
        UpsdUsers users;
        try {
            users = configuration.users();
        } catch (ConfException e) {
            LOG.error("Reload failed: {}; the users stay as they were", e.getMessage());
            return;
        }
        if (broken(users.complaints())) {
            LOG.error("Reload failed: {} has malformed lines; the users stay as they were", UpsdUsers.FILE);
            return;
        }
        server.users(users);
    }

    private static boolean broken(Iterable<Complaint> complaints) {
        for (var complaint : complaints) {
            if (complaint.level() == Complaint.Level.ERROR && complaint.text().startsWith("Parse error")) {
                return true;
            }
        }
        return false;
    }
}
