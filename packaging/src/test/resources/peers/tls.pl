# UPS::Nut over an encrypted connection, which it knows nothing of: PORT AUTHORITY. One line of result for each call.
use strict;
use warnings;

unless (eval { require UPS::Nut; require IO::Socket::SSL; 1 }) {
    print "SKIP: no UPS::Nut or no IO::Socket::SSL\n";
    exit 0;
}

my ($port, $authority) = @ARGV;
$| = 1;

my $nut = UPS::Nut->new(HOST => '127.0.0.1', PORT => $port, NAME => 'UPS2', TIMEOUT => 10) or die "no connection";
print $nut->_send('STARTTLS'), "\n";
IO::Socket::SSL->start_SSL(
    $nut->{srvsock},
    SSL_verify_mode => IO::Socket::SSL::SSL_VERIFY_PEER(),
    SSL_ca_file => $authority,
    SSL_verifycn_scheme => 'http',
    SSL_verifycn_name => 'localhost',
    SSL_hostname => 'localhost',
) or die "handshake: $IO::Socket::SSL::SSL_ERROR";
print $nut->{srvsock}->get_sslversion, "\n";
print 'status: ', $nut->Status, "\n";
print 'variables: ', (scalar(keys %{ $nut->ListVar }) >= 8 ? 'many' : 'few'), "\n";
print 'authenticate: ', $nut->Authenticate('admin', 'mypass'), "\n";
print 'set: ', $nut->Set('ups.status', 'OL BOOST'), "\n";
print 'command: ', $nut->InstCmd('load.off'), "\n";
print $nut->_send('STARTTLS'), "\n";
$nut->Logout;
