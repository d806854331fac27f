# What manual and guides take for granted, done before their commands: UPSes that are served, an upsmon that is logged in
# and whose shutdown is a file, users, addresses. For a machine that stage.sh has made.
for address in 192.168.1.10 192.168.1.20 192.0.2.10 192.0.2.20; do ip address add $address/32 dev lo; done
echo '192.168.1.10 server' >>/etc/hosts
getent passwd nut >/dev/null || useradd --system --user-group --home-dir /run/nut --shell /usr/sbin/nologin nut
getent passwd nut-cgi >/dev/null || useradd --system --user-group --home-dir /run/nut-cgi --shell /usr/sbin/nologin nut-cgi
mount -t tmpfs none /var/log
mount -t tmpfs none /var/lib
mount -t tmpfs none /tmp
install -d -m 755 -o root -g nut /etc/nut
install -d -m 770 -o root -g nut /run/nut /var/log/nut
install -d -m 750 -o nut-cgi -g nut-cgi /var/lib/nut-cgi
chmod 755 /run/home
PATH=$PATH:/opt/nut/cgi-bin
cd /etc/nut
cp /opt/nut/share/demo-ups.dev demo.dev
for ups in myups ups; do
    printf '[%s]\n    driver = dummy-ups\n    port = demo.dev\n    mode = dummy-once\n' $ups
done >ups.conf
printf 'LISTEN 127.0.0.1\nLISTEN 192.168.1.10\nLISTEN 192.0.2.10\nLISTEN 192.0.2.20\n' >upsd.conf
printf 'MODE=netserver\n' >nut.conf
cat >upsd.users <<'END'
[admin]
    password = of-admin
    actions = SET
    instcmds = ALL
[primary]
    password = of-primary
    upsmon primary
[monuser]
    password = secret
    upsmon secondary
END
cat >upsmon.conf <<'END'
MONITOR myups@localhost 1 primary of-primary primary
MINSUPPLIES 1
SHUTDOWNCMD "touch /run/nut/down"
POWERDOWNFLAG /run/nut/killpower
NOTIFYCMD /opt/nut/sbin/upssched
NOTIFYFLAG ONBATT SYSLOG+EXEC
NOTIFYFLAG ONLINE SYSLOG+EXEC
FINALDELAY 0
HOSTSYNC 1
POLLFREQ 1
END
cat >upssched.conf <<'END'
CMDSCRIPT /bin/true
PIPEFN /run/nut/upssched.pipe
LOCKFN /run/nut/upssched.lock
AT ONBATT * START-TIMER onbatt 30
AT ONLINE * CANCEL-TIMER onbatt
END
printf '[admin@%s]\nPASS = of-admin\n' localhost 192.168.1.10 >nutauth.conf
printf 'MONITOR myups@localhost "The UPS"\n' >hosts.conf
cp /opt/nut/etc/upsstats.html.sample upsstats.html
cp /opt/nut/etc/upsstats-single.html.sample upsstats-single.html
chgrp nut *
chmod 640 *
chgrp nut-cgi hosts.conf upsstats*
cd
logged_in() {
    until upsc myups ups.status >/dev/null 2>&1; do sleep 0.1; done
    until upsc -c myups 2>/dev/null | grep -q .; do sleep 0.1; done
}
stop() { upsmon -c stop || :; upsd -c stop || :; while test -e /run/nut/upsd.pid; do sleep 0.1; done; } 2>/dev/null
again() { upsdrvctl start; upsd; upsmon; logged_in; }
flagged() { until test -e /run/nut/killpower; do sleep 0.1; done; }
again

# typed LINE: a command that ends, well
typed() {
    echo "### $1"
    sh -c "$1" </dev/null || { echo "ended with $?: $1" >&2; exit 1; }
}
# stays PATTERN LINE: one that stays until it is ended, after it has said something
stays() {
    echo "### $2"
    sh -c "exec $2" </dev/null >/tmp/stays 2>&1 &
    pid=$!
    for tries in $(seq 200); do
        if grep -q -e "$1" /tmp/stays; then break; fi
        if ! kill -0 $pid || [ "$tries" = 200 ]; then cat /tmp/stays >&2; echo "not as it should be: $2" >&2; exit 1; fi
        sleep 0.1
    done
    kill $pid
    wait $pid || :
    cat /tmp/stays
}
# refused ANSWER LINE: one that the UPS here does not have
refused() {
    echo "### $2"
    if sh -c "$2" </dev/null >/tmp/refused 2>&1; then echo "should not work here: $2" >&2; exit 1; fi
    cat /tmp/refused
    grep -q -e "$1" /tmp/refused
}
