"""The notation of a district's action plan with its annexes, read so strictly that no line of it can be passed over.

Body with (牵头单位:…;配合责任单位:…), Annex 1 with municipal items, Annex 2 with the measures once more: what the two
print differently is found here. Notices of any other notation are read by ingest.general.
"""
