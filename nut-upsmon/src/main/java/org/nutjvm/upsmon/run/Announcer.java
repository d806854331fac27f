package org.nutjvm.upsmon.run;

import java.util.Collection;
import java.util.Locale;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.log.Priority;
import org.nutjvm.upsmon.decide.Happening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what is to be said into the words of upsmon.conf and sends it where that says (clients/upsmon.c: do_notify).
/// Only the loop's thread uses it.
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    private final Notifier notifier;
    private UpsmonConf conf;

    Announcer(UpsmonConf conf, Notifier notifier) {
        this.conf = conf;
        this.notifier = notifier;
    }

    /// Another configuration from now on.
    void conf(UpsmonConf next) {
        conf = next;
        notifier.notifycmd(next.notifycmd());
    }

    void say(Collection<Happening> said) {
        said.forEach(this::say);
    }

    void say(Happening happening) {
        switch (happening) {
            case Happening.Notice notice -> notice(notice.type(), notice.ups(), notice.extra());
            case Happening.Line line -> {
                switch (line.level()) {
                    case CRITICAL -> LOG.error(Priority.CRIT, "{}", line.text());
                    case ERROR -> LOG.error("{}", line.text());
                    case WARNING -> LOG.warn("{}", line.text());
                    case INFO -> LOG.info("{}", line.text());
                    case DEBUG -> LOG.debug("{}", line.text());
                }
            }
        }
    }

    /// @param ups the UPS, or empty for upsmon itself
    /// @param extra what the second `%s` stands for
    void notice(NotifyType type, String ups, String extra) {
        String message = conf.message(type);
        String text = type == NotifyType.SUSPEND_TIMEJUMP_UNEXPECTED
                ? NotifyType.fill(message, extra, "")
                : NotifyType.fill(message, ups, extra);
        LOG.debug(Priority.D2, "do_notify: {} [{}]", type.name().toLowerCase(Locale.ROOT), ups);
        notifier.tell(conf.flags(type), type, ups, text);
    }
}
