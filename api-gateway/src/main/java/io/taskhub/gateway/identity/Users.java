package io.taskhub.gateway.identity;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.taskhub.gateway.routing.Access;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The people who can log in. */
@ApplicationScoped
public class Users implements PanacheRepositoryBase<User, String> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private final Passwords passwords;

    public Users(Passwords passwords) {
        this.passwords = passwords;
    }

    /** A user as others may see him. */
    public record Profile(String name, Access role, Instant createdAt) {
        static Profile of(User user) {
            return new Profile(user.name, user.access(), user.createdAt);
        }
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The user when the password is his. No transaction is held while the hash is computed. */
    public Optional<Profile> authenticate(String name, String password) {
        User user = isName(name) ? findById(name) : null;
        boolean right = passwords.matches(password, user == null ? null : user.passwordHash);
        return user != null && right ? Optional.of(Profile.of(user)) : Optional.empty();
    }

    @Transactional
    public List<Profile> everybody() {
        return listAll(Sort.by("name")).stream().map(Profile::of).toList();
    }

    /** Creates a user; false when the name is taken. */
    public boolean create(String name, String password, Access role) {
        return insert(new User(name, passwords.hash(password), role, Instant.now()));
    }

    @Transactional
    boolean insert(User user) {
        if (findById(user.name) != null) {
            return false;
        }
        persist(user);
        return true;
    }

    /** Changes what is not null; false when there is no such user. The last admin stays one. */
    public boolean change(String name, @Nullable String password, @Nullable Access role) {
        return update(name, password == null ? null : passwords.hash(password), role);
    }

    @Transactional
    boolean update(String name, @Nullable String hash, @Nullable Access role) {
        User user = findById(name);
        if (user == null) {
            return false;
        }
        if (hash != null) {
            user.passwordHash = hash;
        }
        if (role != null) {
            if (role != Access.ADMIN) {
                keepAnAdmin(user);
            }
            user.role = role.role();
        }
        return true;
    }

    /** Removes a user with his sessions; false when there is none. The last admin stays. */
    @Transactional
    public boolean remove(String name) {
        User user = findById(name);
        if (user == null) {
            return false;
        }
        keepAnAdmin(user);
        delete(user);
        return true;
    }

    private void keepAnAdmin(User user) {
        if (user.access() == Access.ADMIN && count("role", Access.ADMIN.role()) == 1) {
            throw new LastAdminException();
        }
    }

    /** Nobody could administrate any more. HTTP: 409. */
    public static final class LastAdminException extends RuntimeException {
        LastAdminException() {
            super("this is the last admin");
        }
    }
}
