"""One life of a world, from its seed."""

from __future__ import annotations

from collections.abc import Callable

from editor.content.entry import assets, without_photos
from editor.desk import release
from editor.domain.entry import Kind, Origin
from tests.sync.books import Tables
from tests.sync.world.furniture import Shelf
from tests.sync.world.world import World

STEPS = 30
SECOND = "public at once"


def second_of(seed: int, system: str) -> str:
    """Every seventh world has two targets."""
    return SECOND if seed % 7 == 3 and system != SECOND else ""


def live(seed: int, system: str, shelf: Shelf, told: Callable[[str], None] | None = None) -> World:
    """A world that has lived its life. A violation tells how to see it again."""
    world = World(seed, shelf, system, second=second_of(seed, system), told=told)
    try:
        run(world)
    except BaseException as error:
        error.add_note(replay(seed, system))
        raise
    count(world)
    return world


def count(world: World) -> None:
    """Adds what the program itself remembers of its life."""
    tables = getattr(world.store, "tables", None)
    if isinstance(tables, Tables):
        world.counts["texts before photos"] += sum(op.text_only for op in tables.ops.values())
        world.counts["conflicts"] += len(tables.conflicts) + len(tables.settled)
        world.counts.update(f"notice {each.problem.code}" for each in tables.notices.values())
        world.counts["merges"] += sum(
            each.origin is Origin.MERGE for each in tables.revisions.values()
        )


def replay(seed: int, system: str) -> str:
    """The line that tells the story of a seed."""
    return f'python -m tests.sync.replay --seed {seed} --system "{system}"'


def run(world: World, steps: int = STEPS) -> None:
    """Some entries approved from the start, then passes, faults, kills, time and people; at the end everything rests."""
    rng = world.random
    for _ in range(rng.randint(2, 6)):
        world.publish(world.write())
    for _ in range(steps):
        step(world)
    world.network.kill_in = None
    for _ in range(3):  # the same few photos, while some removals are still owed
        world.publish(world.write())
    world.quiet()
    world.rest.idle()


def step(world: World) -> None:
    """What happens next: mostly a pass in which things go wrong."""
    rng = world.random
    world.network.chaos = rng.choice((0.0, 0.2, 0.5))
    world.busy_desk = rng.choice((0.0, 0.1))
    world.busy_remote = rng.choice((0.0, 0.0, 0.1))
    world.network.kill_in = rng.randrange(30) if rng.random() < 0.35 else None
    if world.network.late and rng.random() < 0.5:
        # a text is most in danger while an older one of the same entry is still on its way
        world.laptop.correct_late()
    chosen = rng.random()
    if chosen < 0.55:
        world.pass_()
    elif chosen < 0.78:
        world.forward(rng.choice((1, 5, 30, 65, 130)))
    elif chosen < 0.90:
        world.laptop.act()
    elif chosen < 0.96:
        rng.choice(world.desks).act()
    else:
        world.set_clock()
    world.network.kill_in = None
    if rng.random() < 0.15:
        world.laptop.sign_in()
    world.laptop.keep()
    world.rules.stand()


def overtake(seed: int, system: str, shelf: Shelf) -> World:
    """A correction is on its way for longer than we wait for it, and lands on the next one."""
    world = World(seed, shelf, system)
    entry = world.write()
    world.publish(entry)
    world.pass_()
    world.correct(entry)
    world.network.fault_at = {world.network.asked + seed % 4: "lands late"}
    world.pass_()
    world.correct(entry)
    for _ in range(4):
        world.forward(25)
        world.pass_()
        world.rules.stand()
    world.quiet()
    world.counts["overtaken"] += world.counts["zombies"]
    return world


def bring_back(seed: int, system: str, shelf: Shelf) -> World:
    """A desk brings back a text of ours whose photo was taken away from there, because it was corrected out."""
    world = World(seed, shelf, system)
    entry = world.write()
    world.publish(entry)
    world.pass_()
    (first,) = world.remote.of(entry)
    world.laptop.save(entry, without_photos(first.content))
    if assets(first.content):
        release.correct(world.room, entry, Kind.CORRECTION, "It was another bridge.")
        world.allow(entry)
    world.quiet()
    (now,) = world.remote.of(entry)
    world.desks[0].write(now, first.content, ours=True)
    world.quiet()
    return world


def take_back(seed: int, system: str, shelf: Shelf) -> World:
    """A submission is recalled, the answer to that is lost, and the entry is published after all."""
    world = World(seed, shelf, system)
    entry = world.write()
    release.submit(world.room, entry)
    world.pass_()
    release.recall(world.room, entry)
    world.network.fault_at = {world.network.asked + seed % 4: "reply lost"}
    world.pass_()
    world.publish(entry)
    for _ in range(4):
        world.forward(65)
        world.pass_()
        world.rules.stand()
    world.quiet()
    return world
