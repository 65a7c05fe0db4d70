#!/bin/sh
# Makes an authority of your own and a certificate for a village server, or renews the certificate.
#
#   sh deploy/tls/make-authority.sh FOLDER NAME...
#
# NAME is what stands in the address bar: a host name, or an IPv4 address such as 192.168.4.1.
# Makes in FOLDER: ca.key (the authority's secret), ca.crt (what phones are given to trust),
# server.key and server.crt (for nginx or Caddy). When ca.key and ca.crt are there already, only the
# server's are made anew; that is the yearly renewal, and phones notice nothing.
#
# The authority can vouch for these names and nothing else: stolen, it cannot play a bank. So a
# new name needs a new authority, and every phone must be given it again.
set -eu
umask 077

[ $# -ge 2 ] || { sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 2; }
folder=$1
shift
mkdir -p "$folder"
cd "$folder"

names='' permitted='' hosts=0 addresses=0 first=$1
for name in "$@"; do
    case $name in
    *[!A-Za-z0-9.-]* | '' | -* | .*) echo "not a name or an IPv4 address: $name" >&2; exit 2 ;;
    *[!0-9.]*)
        hosts=$((hosts + 1))
        names="$names,DNS:$name" permitted="$permitted,permitted;DNS:$name" ;;
    *)
        addresses=$((addresses + 1))
        names="$names,IP:$name" permitted="$permitted,permitted;IP:$name/255.255.255.255" ;;
    esac
done
# A kind of name that is not in the list would be free: close it.
[ "$hosts" -gt 0 ] || permitted="$permitted,permitted;DNS:invalid"
[ "$addresses" -gt 0 ] || permitted="$permitted,excluded;IP:0.0.0.0/0.0.0.0"
permitted="$permitted,excluded;IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0"

config=$(mktemp)
trap 'rm -f "$config"' EXIT
cat > "$config" <<END
[req]
distinguished_name = name
prompt = no
[name]
CN = Daraja at $first
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, ${permitted#,}
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = ${names#,}
END

# In its place a new authority would be made, and every phone that trusts the old one turned away.
[ -f ca.key ] || [ ! -f ca.crt ] || {
    echo "there is ca.crt in $folder, but not its secret: bring ca.key back; for a new" >&2
    echo "authority name another folder" >&2
    exit 1
}
if [ ! -f ca.key ] || [ ! -f ca.crt ]; then
    openssl ecparam -name prime256v1 -genkey -noout -out ca.key
    openssl req -new -x509 -sha256 -days 3650 -key ca.key -config "$config" \
        -extensions authority -out ca.crt
    echo "made a new authority: every phone that shall trust it is given ca.crt"
fi
# Phones refuse a certificate that lasts longer than 825 days.
openssl ecparam -name prime256v1 -genkey -noout -out server.key.new
openssl req -new -sha256 -key server.key.new -config "$config" -out server.csr
openssl x509 -req -sha256 -days 820 -in server.csr -CA ca.crt -CAkey ca.key \
    -set_serial "0x$(openssl rand -hex 16)" -extfile "$config" -extensions server \
    -out server.crt.new 2>/dev/null
rm -f server.csr
# Only what a phone would accept replaces what is there.
openssl verify -purpose sslserver -CAfile ca.crt server.crt.new >/dev/null || {
    rm -f server.crt.new server.key.new
    echo "the authority in $folder cannot vouch for these names; for new names make a new one" >&2
    exit 1
}
# Whoever may read the key, as Caddy's group may, can read the new one.
[ ! -f server.key ] || {
    chown --reference=server.key server.key.new
    chmod --reference=server.key server.key.new
}
mv server.key.new server.key
mv server.crt.new server.crt
chmod 644 ca.crt server.crt
echo "until $(openssl x509 -in server.crt -noout -enddate | cut -d= -f2)"
echo "fingerprint of the authority (SHA-256), to be read aloud when a phone is given it:"
openssl x509 -in ca.crt -noout -fingerprint -sha256 | cut -d= -f2 | tr -d : | tr A-F a-f | fold -w 4 | paste -sd ' ' -
