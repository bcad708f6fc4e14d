package io.taskhub.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressRulesTest {

    private static AddressRules answering(boolean allowPrivate, String... addresses) {
        return new AddressRules(
                allowPrivate,
                host -> Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "168.63.129.16",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "203.0.113.7",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1",
                "100::1"
            })
    void what_is_not_of_the_public_internet_is_refused(String literal) {
        assertThatThrownBy(() -> answering(false, literal).resolve("a.test"))
                .isInstanceOf(AddressRefusedException.class)
                .hasMessage("private address refused: a.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "93.184.216.34",
                "172.32.0.1",
                "100.128.0.1",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "::ffff:1.1.1.1"
            })
    void the_public_internet_is_not(String literal) throws Exception {
        assertThat(answering(false, literal).resolve("a.test")).containsExactly(InetAddress.ofLiteral(literal));
    }

    @Test
    void one_private_address_among_public_ones_is_one_too_many() {
        assertThatThrownBy(() -> answering(false, "1.1.1.1", "10.0.0.1").resolve("a.test"))
                .isInstanceOf(AddressRefusedException.class);
    }

    @Test
    void a_deployment_may_allow_them() throws Exception {
        assertThat(answering(true, "127.0.0.1", "fd00::1").resolve("a.test")).hasSize(2);
    }

    @Test
    void a_name_without_addresses_is_unknown() {
        assertThatThrownBy(() -> answering(true).resolve("a.test")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_name_that_cannot_be_looked_up_for_want_of_threads_is_unknown() {
        ExecutorService full = Executors.newSingleThreadExecutor();
        full.shutdown();
        AddressRules rules = new AddressRules(false, new SystemResolver(full));
        assertThatThrownBy(() -> rules.resolve("a.test")).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost.",
                "LOCALHOST",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "0x7f.1",
                "0x7f000001",
                "0",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "no-such-host.invalid"
            })
    void however_a_host_is_spelled_the_system_resolver_leads_nowhere_private(String host) {
        assertThatThrownBy(() -> new AddressRules(false).resolve(host))
                .isInstanceOfAny(AddressRefusedException.class, UnknownHostException.class);
    }
}
