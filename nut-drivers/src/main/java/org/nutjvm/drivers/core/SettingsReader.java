package org.nutjvm.drivers.core;

import java.io.IOException;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what the command line and ups.conf say into {@link Settings}, at the start and at a reload.
final class SettingsReader {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);

    private final NutPaths paths;
    private final Settings settings;

    SettingsReader(NutPaths paths, Settings settings) {
        this.paths = paths;
        this.settings = settings;
    }

    /// The options in their order: `-x` after `-a` goes before ups.conf.
    void take(DriverOptions options) throws IOException, DriverException {
        for (var option : options.settings()) {
            String value = option.value();
            switch (option.letter()) {
                case 'a' -> {
                    name(value);
                    if (value.equals("default")) {
                        throw new DriverException("Error: UPS name 'default' is reserved: give section [default] of "
                                + paths.conf(UpsConf.FILE) + " another name");
                    }
                    settings.read(upsConf(), file());
                }
                case 's' -> name(value);
                case 'x' -> settings.assign(value);
                case 'i' -> settings.pollintervalFromCommandLine(value);
                case 'r' -> settings.chrootFromCommandLine(value);
                case 'u' -> settings.userFromCommandLine(value);
                case 'g' -> settings.groupFromCommandLine(value);
                default -> {
                    // not a setting
                }
            }
        }
        if (settings.upsname().isEmpty()) {
            throw new DriverException("Error: specifying '-a id' or '-s id' is now mandatory. Try -h for help.");
        }
        if (settings.port() == null && options.command() == null) {
            throw new DriverException("Error: you must specify a port name in ups.conf or in '-x port=...' argument.\n"
                    + "Section [" + settings.upsname() + "] of " + file() + " has none. Try -h for help.");
        }
    }

    private void name(String name) throws DriverException {
        if (!settings.upsname().isEmpty()) {
            throw new DriverException("Error: options '-a id' and '-s id' are mutually exclusive and single-use only.");
        }
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new DriverException("Error: '" + name + "' cannot be the name of a UPS: it names a file, too");
        }
        settings.upsname(name);
    }

    /// Reads ups.conf once more.
    Settings.Reloaded reload(boolean orExit) throws ConfException, DriverException {
        return settings.reload(upsConf(), file(), orExit);
    }

    private String file() {
        return paths.conf(UpsConf.FILE).toString();
    }

    private UpsConf upsConf() throws ConfException {
        UpsConf conf = UpsConf.load(paths.confpath());
        for (Complaint complaint : conf.complaints()) {
            if (!concerns(conf, complaint)) {
                continue;
            }
            switch (complaint.level()) {
                case ERROR -> LOG.error("{}", complaint);
                case WARNING -> LOG.warn("{}", complaint);
                case NOTICE -> LOG.info(Priority.NOTICE, "{}", complaint);
            }
        }
        return conf;
    }

    /// What stands in another device's section is that driver's business.
    private boolean concerns(UpsConf conf, Complaint complaint) {
        String section = settings.upsname();
        for (var candidate : conf.sections()) {
            if (candidate.line() <= complaint.line()) {
                section = candidate.name();
            }
        }
        return section.equals(settings.upsname());
    }
}
