package org.nutjvm.cgi.upsset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Control;
import org.nutjvm.cgi.ups.Guard;
import org.nutjvm.cgi.ups.Login;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.HostsConf;
import org.nutjvm.common.conf.UpssetConf;
import org.nutjvm.common.state.Range;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// What upsset makes of a form, and of what a server says, parted by `0xff`: nobody's tags get into a page, nothing is
/// changed without the right password or from a page of somebody else, and no UPS but those of hosts.conf is asked.
public final class UpssetFuzz {
    private static final String TAG = "<zq";
    private static final String PASSWORD = "s3cret-of-the-admin";
    private static final int PAGE_LIMIT = 9 << 20;

    private UpssetFuzz() {}

    private static final class FuzzSite implements Site {
        @Override
        public HostsConf hosts() {
            return HostsConf.of(ConfReader.parse("hosts.conf", """
                    MONITOR ups@localhost "the <cellar>"
                    MONITOR two@localhost two
                    """.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public UpssetConf upsset() {
            return UpssetConf.of(ConfReader.parse(
                    "upsset.conf", "I_HAVE_SECURED_MY_CGI_DIRECTORY\n".getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public String template(String name) {
            throw new AssertionError("upsset has no templates");
        }
    }

    private record FuzzControl(String told, List<String> done) implements Control {
        private String known(String ups) throws UpsTrouble {
            Must.hold(ups.equals("ups@localhost") || ups.equals("two@localhost"), "asks " + ups);
            if (ups.startsWith("two")) {
                throw new UpsTrouble(UpsTrouble.Kind.SERVER, "no: " + told);
            }
            return ups;
        }

        private void check(Login login) throws UpsTrouble {
            if (!login.user().equals("admin") || !login.password().equals(PASSWORD)) {
                throw new UpsTrouble(UpsTrouble.Kind.ACCESS, "Access denied: " + told);
            }
        }

        @Override
        public List<Setting> settings(String ups) throws UpsTrouble {
            known(ups);
            return List.of(
                    new Setting("ups.id", told, told, new Setting.Kind.Text(8)),
                    new Setting("low", "", told, new Setting.Kind.Numeric(List.of(new Range(5, 50)))),
                    new Setting("x.y", told, "old", new Setting.Kind.Choice(List.of("new", told))));
        }

        @Override
        public List<Command> commands(String ups) throws UpsTrouble {
            known(ups);
            return List.of(new Command("load.off", told), new Command(told, told));
        }

        @Override
        public String instcmd(String ups, Login login, String command) throws UpsTrouble {
            known(ups);
            check(login);
            done.add(command);
            return told;
        }

        @Override
        public List<Change> set(String ups, Login login, List<Wish> wishes) throws UpsTrouble {
            known(ups);
            check(login);
            Must.hold(wishes.size() <= 1024, "wishes without end");
            var changes = new ArrayList<Change>();
            for (var wish : wishes) {
                done.add(wish.name());
                changes.add(new Change(wish.name(), told, wish.value(), true, told));
            }
            return changes;
        }
    }

    private static final class FuzzGuard implements Guard {
        private int inside;

        @Override
        public boolean enter() {
            inside++;
            return true;
        }

        @Override
        public void leave(boolean wrong) {
            inside--;
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        int how = input.next();
        String form = input.upTo('\u00ff');
        String origin = input.upTo('\u00ff');
        String told = input.text();
        var done = new ArrayList<String>();
        var guard = new FuzzGuard();
        boolean post = how % 4 != 0;
        boolean stranger = how % 8 >= 5;
        var environment = Map.of(
                "HTTP_HOST",
                "ups.example",
                "CONTENT_TYPE",
                "application/x-www-form-urlencoded",
                "REMOTE_ADDR",
                "192.0.2.7",
                "HTTP_SEC_FETCH_SITE",
                stranger ? "cross-site" : how % 16 == 3 ? origin : "same-origin");
        var response = new UpssetHandler(new FuzzSite(), new FuzzControl(told, done), guard)
                .handle(new CgiRequest(post ? "POST" : "GET", post ? "" : form, post ? form : "", environment));
        Must.hold(!response.body().contains(TAG), "a tag of somebody's: " + response.body());
        Must.hold(
                response.body().length() <= PAGE_LIMIT,
                "a page of " + response.body().length());
        Must.hold(guard.inside == 0, "whoever comes next waits for ever");
        // However it is encoded, and with the control characters that are left out of a form.
        boolean shown = form.indexOf('%') >= 0 || form.replaceAll("[^!-~]", "").contains(PASSWORD);
        Must.hold(done.isEmpty() || shown, "done without password: " + done);
        Must.hold(done.isEmpty() || (post && !stranger), "done for another site: " + done);
        Must.hold(!response.notes().toString().contains(PASSWORD), "a password in the log");
        for (var note : response.notes()) {
            Must.hold(Must.printable(String.valueOf(note)), "a log line of it: " + note);
        }
    }
}
