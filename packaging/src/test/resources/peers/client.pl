# What a Perl program does with NUT: the calls of UPS::Nut, one line of result each.
use strict;
use warnings;

unless (eval { require UPS::Nut; 1 }) {
    print "SKIP: no UPS::Nut\n";
    exit 0;
}

my $port = shift;
$| = 1;

sub show {
    my ($name, $value) = @_;
    print "$name: ", (defined $value ? $value : 'undef'), "\n";
}

sub client {
    return UPS::Nut->new(HOST => '127.0.0.1', PORT => $port, NAME => 'UPS2', TIMEOUT => 10, @_);
}

my $anonymous = client() or die "no connection";
show('status', $anonymous->Status);
show('count', $anonymous->GetVar('outlet.count'));
show('quotes', $anonymous->GetVar('ups.id'));
show('unknown', $anonymous->GetVar('no.such.variable'));
show('why', $anonymous->Error);
my $vars = $anonymous->ListVar('device.type');
show('listed', $vars->{'device.type'});
my $list = $anonymous->ListUPS;
show('devices', join(',', sort keys %$list));
show('commands', join(',', grep { /^load.off/ } @{ $anonymous->ListCmd }));
show('writable', join(',', grep { /^ups\.status$/ } sort keys %{ $anonymous->ListRW }));
show('set anonymously', $anonymous->Set('ups.status', 'OL'));
show('why', $anonymous->Error);
$anonymous->Logout;

my $wrong = client(USERNAME => 'admin', PASSWORD => 'wrong');
show('set with wrong password', $wrong->Set('ups.status', 'OL'));
show('why', $wrong->Error);
show('command with wrong password', $wrong->InstCmd('load.off'));
show('why', $wrong->Error);
$wrong->Logout;

my $admin = client(USERNAME => 'admin', PASSWORD => 'mypass');
show('set', $admin->Set('ups.status', 'OL BOOST'));
show('command', $admin->InstCmd('load.off'));
my $description = $admin->GetDesc('ups.status');
show('described', $description && $description ne 'Description unavailable' ? 'yes' : 'no');
show('type', $admin->GetType('ups.status'));
$admin->Logout;

my $monitor = client(USERNAME => 'dummy-user', PASSWORD => 'P@ssW0rd', LOGIN => 1);
my $logins = UPS::Nut->new(HOST => '127.0.0.1', PORT => $port, NAME => 'UPS2');
show('version', join(' ', (split / /, $logins->_send('VER'))[0 .. 3]));
show('logins', $logins->_send('GET NUMLOGINS UPS2'));
$monitor->Logout;
