from hypothesis import given
from hypothesis import strategies as st

from onrecord.feeds.hosts import HostQueue


def test_an_empty_queue() -> None:
    queue: HostQueue[str] = HostQueue()
    assert queue.pop() is None
    assert queue.drop("a") == []
    assert len(queue) == 0


def test_jobs_of_a_host_are_taken_out_in_their_order() -> None:
    queue: HostQueue[str] = HostQueue()
    for job, ready_at in (("late", 5.0), ("first", 0.0), ("second", 0.0)):
        queue.add("a", ready_at, job)
    queue.add("b", 0.0, "other")
    assert queue.drop("a") == ["first", "second", "late"]
    assert len(queue) == 1


def test_an_earlier_rest_does_not_shorten_a_later_one() -> None:
    queue: HostQueue[str] = HostQueue()
    queue.hold("a", 9.0)
    queue.hold("a", 3.0)
    queue.add("a", 0.0, "job")
    assert queue.pop() == (9.0, "a", "job")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100)), max_size=40))
def test_every_job_comes_once_and_no_host_too_soon(jobs: list[tuple[str, float]]) -> None:
    queue: HostQueue[int] = HostQueue()
    for number, (host, ready_at) in enumerate(jobs):
        queue.add(host, ready_at, number)
    time, seen, last = 0.0, [], {}
    while (entry := queue.pop()) is not None:
        ready_at, host, number = entry
        time = max(time, ready_at)
        assert time >= jobs[number][1]
        assert time >= last.get(host, -2.0) + 2.0
        last[host] = time
        queue.hold(host, time + 2.0)
        seen.append(number)
    assert sorted(seen) == list(range(len(jobs)))
